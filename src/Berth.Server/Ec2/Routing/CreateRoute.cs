using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;
using Route = Berth.Network.Route;

namespace Berth.Server.Ec2.Routing;

/// <summary>Adds a route to a table.</summary>
internal sealed class CreateRoute(Networks networks) : Ec2Operation<CreateRoute.Request, CreateRoute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string RouteTableId { get; init; }

        public string? DestinationCidrBlock { get; init; }

        public string? DestinationIpv6CidrBlock { get; init; }

        public string? GatewayId { get; init; }

        public string? NatGatewayId { get; init; }

        public string? InstanceId { get; init; }

        public string? NetworkInterfaceId { get; init; }
    }

    public sealed record Response(bool Return);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.RouteTable.ArnOf(call.Registry, request.RouteTableId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var route = new Route(RouteInput.Destination(request.DestinationCidrBlock, request.DestinationIpv6CidrBlock), RouteInput.Target(request.GatewayId, request.NatGatewayId, request.InstanceId, request.NetworkInterfaceId));
        await networks.Routes.AddAsync(call.Registry, request.RouteTableId, route, cancel);
        return new(Return: true);
    }
}
