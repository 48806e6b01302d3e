using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Attaches a managed policy to a role.</summary>
internal sealed class AttachRolePolicy(PolicyAttachments attachments) : Operation<AttachRolePolicy.Request, AttachRolePolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(20, 2048)]
        public required string PolicyArn { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        PolicyKey.Of(request.PolicyArn);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await attachments.AttachAsync(call.Role(request.RoleName), request.PolicyArn, cancel);
        return new();
    }
}
