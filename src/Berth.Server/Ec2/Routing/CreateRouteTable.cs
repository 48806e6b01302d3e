using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Makes a route table in a VPC, with the local route.</summary>
internal sealed class CreateRouteTable(Networks networks, Authorizer authorizer) : Ec2Creation<CreateRouteTable.Request, CreateRouteTable.Response>(authorizer, NetworkKind.RouteTable)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string VpcId { get; init; }

        public string? ClientToken { get; init; }
    }

    public sealed record Response(RouteTableDetail RouteTable, string? ClientToken);

    protected override IEnumerable<string> Resources(Call call, Request request) => [NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId), NetworkKind.RouteTable.ArnOf(call.Registry, "*")];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var like = new RouteTable { Tags = TagsOf(request), ClientToken = request.ClientToken, RequestPrint = RequestPrint.Of(request, request.ClientToken) };
        var table = await networks.RouteTables.CreateAsync(call.Registry, request.VpcId, like, cancel);
        var views = await networks.Objects.ReadAsync(rows => RouteTableView.ViewAsync(networks, rows, call.Registry, [table]), cancel);
        return new(RouteTableDetail.Of(views[0]), request.ClientToken);
    }
}
