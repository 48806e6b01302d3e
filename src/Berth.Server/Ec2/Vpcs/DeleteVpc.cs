using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Vpcs;

/// <summary>Deletes a VPC in which there is nothing but what it began with.</summary>
internal sealed class DeleteVpc(Networks networks) : Ec2Operation<DeleteVpc.Request, DeleteVpc.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string VpcId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.Vpcs.DeleteAsync(call.Registry, request.VpcId, cancel);
        return new();
    }
}
