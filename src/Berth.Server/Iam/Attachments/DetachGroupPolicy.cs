using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Detaches a managed policy from a group.</summary>
internal sealed class DetachGroupPolicy(PolicyAttachments attachments) : Operation<DetachGroupPolicy.Request, DetachGroupPolicy.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(20, 2048)]
        public required string PolicyArn { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        PolicyKey.Of(request.PolicyArn);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await attachments.DetachAsync(call.Group(request.GroupName), request.PolicyArn, cancel);
        return new();
    }
}
