using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Detaches a managed policy from a user.</summary>
internal sealed class DetachUserPolicy(PolicyAttachments attachments) : Operation<DetachUserPolicy.Request, DetachUserPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(20, 2048)]
        public required string PolicyArn { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        PolicyKey.Of(request.PolicyArn);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await attachments.DetachAsync(call.User(request.UserName), request.PolicyArn, cancel);
        return new();
    }
}
