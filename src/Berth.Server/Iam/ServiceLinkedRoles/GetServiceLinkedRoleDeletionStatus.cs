using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Iam.ServiceLinkedRoles;

/// <summary>Says how the deletion of a service-linked role went. Here it is done when it is answered.</summary>
internal sealed class GetServiceLinkedRoleDeletionStatus(DeletionTasks tasks)
    : Operation<GetServiceLinkedRoleDeletionStatus.Request, GetServiceLinkedRoleDeletionStatus.Response>
{
    public sealed record Request
    {
        [Length(1, 1000)]
        public required string DeletionTaskId { get; init; }
    }

    public sealed record Response(string Status);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        DeletionTasks.RoleOf(request.DeletionTaskId) is { } role ? call.Role(role.Name).Arn(role.Path) : "*";

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        tasks.IsIssued(call.Caller.Account, request.DeletionTaskId)
            ? Task.FromResult(new Response("SUCCEEDED"))
            : throw new IdentityNotFound($"The deletion task with id {request.DeletionTaskId} cannot be found.").AsException();
}
