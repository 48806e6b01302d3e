using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>Makes an endpoint for ECR, through an interface, or for the bucket of layers, through a gateway. It is available at once.</summary>
internal sealed class CreateVpcEndpoint(Networks networks, Authorizer authorizer)
    : Ec2Creation<CreateVpcEndpoint.Request, CreateVpcEndpoint.Response>(authorizer, NetworkKind.VpcEndpoint)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string VpcId { get; init; }

        public string? ServiceName { get; init; }

        [Values("Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork")]
        public string? VpcEndpointType { get; init; }

        public string? PolicyDocument { get; init; }

        [JsonPropertyName("RouteTableId")]
        public IReadOnlyList<string>? RouteTableIds { get; init; }

        [JsonPropertyName("SubnetId")]
        public IReadOnlyList<string>? SubnetIds { get; init; }

        [JsonPropertyName("SecurityGroupId")]
        public IReadOnlyList<string>? SecurityGroupIds { get; init; }

        [JsonPropertyName("SubnetConfiguration")]
        public IReadOnlyList<SubnetConfiguration>? SubnetConfigurations { get; init; }

        public string? IpAddressType { get; init; }

        public DnsOptionsSpecification? DnsOptions { get; init; }

        public bool? PrivateDnsEnabled { get; init; }

        public string? ServiceRegion { get; init; }

        public string? ClientToken { get; init; }
    }

    public sealed record Response(EndpointShape VpcEndpoint, string? ClientToken);

    protected override IEnumerable<string> Resources(Call call, Request request) =>
    [
        NetworkKind.VpcEndpoint.ArnOf(call.Registry, "*"),
        NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId),
        .. SubnetConfiguration.SubnetsOf(request.SubnetIds, request.SubnetConfigurations).Select(id => NetworkKind.Subnet.ArnOf(call.Registry, id)),
        .. (request.SecurityGroupIds ?? []).Select(id => NetworkKind.SecurityGroup.ArnOf(call.Registry, id)),
        .. (request.RouteTableIds ?? []).Select(id => NetworkKind.RouteTable.ArnOf(call.Registry, id)),
    ];

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => request.ServiceName is { } service
        ? [.. base.Keys(request), KeyValuePair.Create("ec2:VpceServiceName", ContextValue.One(service)), KeyValuePair.Create("ec2:VpceServiceOwner", ContextValue.One("amazon"))]
        : base.Keys(request);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var home = call.Registry;
        DnsOptionsSpecification.Refuse(request.IpAddressType, request.DnsOptions);
        if (request.ServiceRegion is { } region && !string.Equals(region, home.Region.ToString(), StringComparison.Ordinal))
        {
            throw EndpointRefused.Parameter($"The service is in {home.Region}; endpoints for services of another Region ({region}) are not supported here.").AsException();
        }

        var made = await networks.Endpoints.CreateAsync(home, WishOf(request), cancel);
        var details = await networks.Objects.ReadAsync(rows => networks.Endpoints.DetailsAsync(rows, home, [made]), cancel);
        return new(EndpointShape.Of(made, details), request.ClientToken);
    }

    private NewEndpoint WishOf(Request request) => new(request.VpcId, request.ServiceName)
    {
        IsGateway = request.VpcEndpointType switch
        {
            null or "Gateway" => true,
            "Interface" => false,
            var other => throw EndpointRefused.Type(other, "Gateway, Interface").AsException(),
        },
        Policy = request.PolicyDocument,
        PrivateDns = request.PrivateDnsEnabled,
        SubnetIds = SubnetConfiguration.SubnetsOf(request.SubnetIds, request.SubnetConfigurations),
        Addresses = SubnetConfiguration.AddressesOf(request.SubnetConfigurations),
        GroupIds = request.SecurityGroupIds ?? [],
        RouteTableIds = request.RouteTableIds ?? [],
        Tags = TagsOf(request),
        ClientToken = request.ClientToken,
        RequestPrint = RequestPrint.Of(request, request.ClientToken),
    };
}
