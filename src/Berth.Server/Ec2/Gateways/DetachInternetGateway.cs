using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Detaches an internet gateway from its VPC.</summary>
internal sealed class DetachInternetGateway(Networks networks) : Ec2Operation<DetachInternetGateway.Request, DetachInternetGateway.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string InternetGatewayId { get; init; }

        public required string VpcId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) => [NetworkKind.InternetGateway.ArnOf(call.Registry, request.InternetGatewayId), NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId)];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.InternetGateways.DetachAsync(call.Registry, request.InternetGatewayId, request.VpcId, cancel);
        return new();
    }
}
