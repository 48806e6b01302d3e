using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Takes tags from a managed policy.</summary>
internal sealed class UntagPolicy(ManagedPolicies policies, IamEntities entities) : Operation<UntagPolicy.Request, UntagPolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Count(0, 50), Length(1, 128), Pattern(Patterns.TagKey)]
        public required IReadOnlyList<string> TagKeys { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => RequestTags.OfKeys(request.TagKeys);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.UntagAsync(await policies.GetOwnNameAsync(call.Scope, request.PolicyArn, cancel), request.TagKeys, cancel);
        return new();
    }
}
