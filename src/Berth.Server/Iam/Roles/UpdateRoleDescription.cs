using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Changes a role's description. UpdateRole does it too.</summary>
internal sealed class UpdateRoleDescription(IamRoles roles)
    : Operation<UpdateRoleDescription.Request, UpdateRoleDescription.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(0, 1000), Pattern(Patterns.Description)]
        public required string Description { get; init; }
    }

    public sealed record Response(RoleDetail Role);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(RoleDetail.Of(await roles.UpdateAsync(call.Role(request.RoleName), new(request.Description, LongestSession: null), cancel)));
}
