using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Makes an internet gateway that is attached to nothing.</summary>
internal sealed class CreateInternetGateway(Networks networks, Authorizer authorizer) : Ec2Creation<CreateInternetGateway.Request, CreateInternetGateway.Response>(authorizer, NetworkKind.InternetGateway)
{
    public sealed record Request : Ec2CreationRequest;

    public sealed record Response(InternetGatewayDetail InternetGateway);

    protected override string Resource(Call call, Request request) => NetworkKind.InternetGateway.ArnOf(call.Registry, "*");

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel) =>
        new(InternetGatewayDetail.Of(await networks.InternetGateways.CreateAsync(new() { Home = call.Registry, Tags = TagsOf(request) }, cancel)));
}
