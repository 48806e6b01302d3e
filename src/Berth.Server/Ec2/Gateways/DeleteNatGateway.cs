using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Deletes a NAT gateway.</summary>
internal sealed class DeleteNatGateway(Networks networks) : Ec2Operation<DeleteNatGateway.Request, DeleteNatGateway.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string NatGatewayId { get; init; }
    }

    public sealed record Response(string NatGatewayId);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.NatGateway.ArnOf(call.Registry, request.NatGatewayId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.NatGateways.DeleteAsync(call.Registry, request.NatGatewayId, cancel);
        return new(request.NatGatewayId);
    }
}
