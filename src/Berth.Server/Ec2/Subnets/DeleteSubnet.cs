using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Subnets;

/// <summary>Deletes a subnet in which there is nothing.</summary>
internal sealed class DeleteSubnet(Networks networks) : Ec2Operation<DeleteSubnet.Request, DeleteSubnet.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string SubnetId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.Subnet.ArnOf(call.Registry, request.SubnetId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.Subnets.DeleteAsync(call.Registry, request.SubnetId, cancel);
        return new();
    }
}
