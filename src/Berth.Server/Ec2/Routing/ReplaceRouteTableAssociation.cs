using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Gives a subnet another route table, or a VPC another main one.</summary>
internal sealed class ReplaceRouteTableAssociation(Networks networks) : Ec2Operation<ReplaceRouteTableAssociation.Request, ReplaceRouteTableAssociation.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string AssociationId { get; init; }

        public required string RouteTableId { get; init; }
    }

    public sealed record Response(string NewAssociationId, AssociationStateDetail AssociationState);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.RouteTable.ArnOf(call.Registry, request.RouteTableId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel) =>
        new((await networks.RouteTables.ReplaceAsync(call.Registry, request.AssociationId, request.RouteTableId, cancel)).Id, new("associated"));
}
