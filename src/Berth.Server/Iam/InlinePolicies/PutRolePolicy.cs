using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Adds an inline policy to a role, or replaces the one of that name.</summary>
internal sealed class PutRolePolicy(Berth.Identity.Entities.InlinePolicies policies)
    : Operation<PutRolePolicy.Request, PutRolePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string PolicyName { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required string PolicyDocument { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await policies.PutAsync(call.Role(request.RoleName), request.PolicyName, request.PolicyDocument, cancel);
        return new();
    }
}
