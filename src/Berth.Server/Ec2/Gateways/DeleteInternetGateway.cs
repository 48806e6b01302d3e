using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Deletes an internet gateway that is attached to nothing.</summary>
internal sealed class DeleteInternetGateway(Networks networks) : Ec2Operation<DeleteInternetGateway.Request, DeleteInternetGateway.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string InternetGatewayId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.InternetGateway.ArnOf(call.Registry, request.InternetGatewayId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.InternetGateways.DeleteAsync(call.Registry, request.InternetGatewayId, cancel);
        return new();
    }
}
