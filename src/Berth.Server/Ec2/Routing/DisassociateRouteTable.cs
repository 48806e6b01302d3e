using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Routing;

/// <summary>Takes its route table from a subnet, which has the main one again.</summary>
internal sealed class DisassociateRouteTable(Networks networks) : Ec2Operation<DisassociateRouteTable.Request, DisassociateRouteTable.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string AssociationId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.RouteTables.DisassociateAsync(call.Registry, request.AssociationId, cancel);
        return new();
    }
}
