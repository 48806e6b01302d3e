using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Adds tags to a managed policy, or changes their values.</summary>
internal sealed class TagPolicy(ManagedPolicies policies, IamEntities entities) : Operation<TagPolicy.Request, TagPolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Count(0, 50)]
        public required IReadOnlyList<TagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.TagAsync(await policies.GetOwnNameAsync(call.Scope, request.PolicyArn, cancel), TagEntry.ToTags(request.Tags), cancel);
        return new();
    }
}
