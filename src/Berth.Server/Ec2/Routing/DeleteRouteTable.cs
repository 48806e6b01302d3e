using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Deletes a route table that no subnet has.</summary>
internal sealed class DeleteRouteTable(Networks networks) : Ec2Operation<DeleteRouteTable.Request, DeleteRouteTable.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string RouteTableId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.RouteTable.ArnOf(call.Registry, request.RouteTableId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.RouteTables.DeleteAsync(call.Registry, request.RouteTableId, cancel);
        return new();
    }
}
