using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Gives a subnet a route table.</summary>
internal sealed class AssociateRouteTable(Networks networks) : Ec2Operation<AssociateRouteTable.Request, AssociateRouteTable.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string RouteTableId { get; init; }

        public string? SubnetId { get; init; }
    }

    public sealed record Response(string AssociationId, AssociationStateDetail AssociationState);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) => [NetworkKind.RouteTable.ArnOf(call.Registry, request.RouteTableId), NetworkKind.Subnet.ArnOf(call.Registry, request.SubnetId ?? "*")];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var subnet = request.SubnetId ?? throw NetworkRefused.Missing("subnetId").AsException();
        return new((await networks.RouteTables.AssociateAsync(call.Registry, request.RouteTableId, subnet, cancel)).Id, new("associated"));
    }
}
