using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Deletes a security group that nothing has and no rule of another names.</summary>
internal sealed class DeleteSecurityGroup(Networks networks) : Ec2Operation<DeleteSecurityGroup.Request, DeleteSecurityGroup.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string GroupId { get; init; }
    }

    public sealed record Response(bool Return, string GroupId);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.SecurityGroup.ArnOf(call.Registry, request.GroupId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        await networks.SecurityGroups.DeleteAsync(call.Registry, request.GroupId, cancel);
        return new(Return: true, request.GroupId);
    }
}
