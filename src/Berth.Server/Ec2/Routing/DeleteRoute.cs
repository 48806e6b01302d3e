using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Takes a route from a table.</summary>
internal sealed class DeleteRoute(Networks networks) : Ec2Operation<DeleteRoute.Request, DeleteRoute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string RouteTableId { get; init; }

        public string? DestinationCidrBlock { get; init; }

        public string? DestinationIpv6CidrBlock { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.RouteTable.ArnOf(call.Registry, request.RouteTableId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.Routes.RemoveAsync(
            call.Registry, request.RouteTableId, RouteInput.Destination(request.DestinationCidrBlock, request.DestinationIpv6CidrBlock), cancel);
        return new();
    }
}
