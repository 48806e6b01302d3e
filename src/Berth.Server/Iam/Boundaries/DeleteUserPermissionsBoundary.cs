using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Boundaries;

/// <summary>Takes the bound from what a user may do.</summary>
internal sealed class DeleteUserPermissionsBoundary(PermissionsBoundaries boundaries) : Operation<DeleteUserPermissionsBoundary.Request, DeleteUserPermissionsBoundary.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string UserName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await boundaries.DeleteAsync(call.User(request.UserName), cancel);
        return new();
    }
}
