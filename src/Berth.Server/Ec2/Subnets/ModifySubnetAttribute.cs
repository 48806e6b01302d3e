using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Subnets;

/// <summary>Changes whether instances of a subnet are said to get public addresses.</summary>
internal sealed class ModifySubnetAttribute(Networks networks) : Ec2Operation<ModifySubnetAttribute.Request, ModifySubnetAttribute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string SubnetId { get; init; }

        public AttributeFlag? MapPublicIpOnLaunch { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.Subnet.ArnOf(call.Registry, request.SubnetId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var value = request.MapPublicIpOnLaunch?.Value ?? throw NetworkRefused.Missing("mapPublicIpOnLaunch").AsException();
        await networks.Subnets.ChangeAsync(call.Registry, request.SubnetId, subnet => subnet with { MapPublicIp = value }, cancel);
        return new();
    }
}
