using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.ServiceLinkedRoles;

/// <summary>Deletes a role that ECR has for itself. It is gone when the task is answered.</summary>
internal sealed class DeleteServiceLinkedRole(ServiceRoles roles, DeletionTasks tasks)
    : Operation<DeleteServiceLinkedRole.Request, DeleteServiceLinkedRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }
    }

    public sealed record Response(string DeletionTaskId);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(tasks.Issue(await roles.DeleteAsync(call.Role(request.RoleName), cancel)));
}
