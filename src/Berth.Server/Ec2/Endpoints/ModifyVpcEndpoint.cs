using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>Changes an endpoint: its policy, subnets, security groups, route tables and whether it has private DNS. It holds at once.</summary>
internal sealed class ModifyVpcEndpoint(Networks networks) : Ec2Operation<ModifyVpcEndpoint.Request, ModifyVpcEndpoint.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string VpcEndpointId { get; init; }

        public bool? ResetPolicy { get; init; }

        public string? PolicyDocument { get; init; }

        [JsonPropertyName("AddRouteTableId")]
        public IReadOnlyList<string>? AddRouteTableIds { get; init; }

        [JsonPropertyName("RemoveRouteTableId")]
        public IReadOnlyList<string>? RemoveRouteTableIds { get; init; }

        [JsonPropertyName("AddSubnetId")]
        public IReadOnlyList<string>? AddSubnetIds { get; init; }

        [JsonPropertyName("RemoveSubnetId")]
        public IReadOnlyList<string>? RemoveSubnetIds { get; init; }

        [JsonPropertyName("AddSecurityGroupId")]
        public IReadOnlyList<string>? AddSecurityGroupIds { get; init; }

        [JsonPropertyName("RemoveSecurityGroupId")]
        public IReadOnlyList<string>? RemoveSecurityGroupIds { get; init; }

        [JsonPropertyName("SubnetConfiguration")]
        public IReadOnlyList<SubnetConfiguration>? SubnetConfigurations { get; init; }

        public string? IpAddressType { get; init; }

        public DnsOptionsSpecification? DnsOptions { get; init; }

        public bool? PrivateDnsEnabled { get; init; }
    }

    public sealed record Response(bool Return);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) =>
    [
        NetworkKind.VpcEndpoint.ArnOf(call.Registry, request.VpcEndpointId),
        .. (request.AddSubnetIds ?? []).Select(id => NetworkKind.Subnet.ArnOf(call.Registry, id)),
        .. (request.AddSecurityGroupIds ?? []).Select(id => NetworkKind.SecurityGroup.ArnOf(call.Registry, id)),
        .. (request.AddRouteTableIds ?? []).Select(id => NetworkKind.RouteTable.ArnOf(call.Registry, id)),
    ];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        DnsOptionsSpecification.Refuse(request.IpAddressType, request.DnsOptions);
        await networks.Endpoints.ModifyAsync(
            call.Registry,
            request.VpcEndpointId,
            new()
            {
                ResetsPolicy = request.ResetPolicy is true,
                Policy = request.PolicyDocument,
                PrivateDns = request.PrivateDnsEnabled,
                AddRouteTableIds = request.AddRouteTableIds ?? [],
                RemoveRouteTableIds = request.RemoveRouteTableIds ?? [],
                AddSubnetIds = SubnetConfiguration.SubnetsOf(request.AddSubnetIds, request.SubnetConfigurations),
                RemoveSubnetIds = request.RemoveSubnetIds ?? [],
                Addresses = SubnetConfiguration.AddressesOf(request.SubnetConfigurations),
                AddGroupIds = request.AddSecurityGroupIds ?? [],
                RemoveGroupIds = request.RemoveSecurityGroupIds ?? [],
            },
            cancel);
        return new(Return: true);
    }
}
