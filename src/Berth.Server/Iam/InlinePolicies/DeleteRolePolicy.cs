using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Deletes an inline policy of a role.</summary>
internal sealed class DeleteRolePolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<DeleteRolePolicy.Request, DeleteRolePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await policies.DeleteAsync(call.Role(request.RoleName), request.PolicyName, cancel);
        return new();
    }
}
