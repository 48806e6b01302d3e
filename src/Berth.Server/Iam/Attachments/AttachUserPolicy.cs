using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Attaches a managed policy to a user.</summary>
internal sealed class AttachUserPolicy(PolicyAttachments attachments) : Operation<AttachUserPolicy.Request, AttachUserPolicy.Response>
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
        await attachments.AttachAsync(call.User(request.UserName), request.PolicyArn, cancel);
        return new();
    }
}
