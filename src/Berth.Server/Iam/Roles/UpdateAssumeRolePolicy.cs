using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Says anew who may assume a role.</summary>
internal sealed class UpdateAssumeRolePolicy(IamRoles roles)
    : Operation<UpdateAssumeRolePolicy.Request, UpdateAssumeRolePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required string PolicyDocument { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await roles.SetTrustAsync(call.Role(request.RoleName), request.PolicyDocument, cancel);
        return new();
    }
}
