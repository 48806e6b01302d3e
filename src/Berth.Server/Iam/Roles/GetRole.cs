using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Shows a role: who may assume it, and when it was last used.</summary>
internal sealed class GetRole(IamRoles roles) : Operation<GetRole.Request, GetRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }
    }

    public sealed record Response(RoleDetail Role);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(RoleDetail.Of(await roles.GetAsync(call.Role(request.RoleName), cancel)));
}
