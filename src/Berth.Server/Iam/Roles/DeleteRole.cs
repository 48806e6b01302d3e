using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Deletes a role without policies that no instance profile has. Its sessions end.</summary>
internal sealed class DeleteRole(IamRoles roles) : Operation<DeleteRole.Request, DeleteRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await roles.DeleteAsync(call.Role(request.RoleName), cancel);
        return new();
    }
}
