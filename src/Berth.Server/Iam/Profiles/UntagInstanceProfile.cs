using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Takes tags from an instance profile.</summary>
internal sealed class UntagInstanceProfile(IamEntities entities) : Operation<UntagInstanceProfile.Request, UntagInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }

        [Count(0, 50), Length(1, 128), Pattern(Patterns.TagKey)]
        public required IReadOnlyList<string> TagKeys { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => RequestTags.OfKeys(request.TagKeys);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.UntagAsync(call.InstanceProfile(request.InstanceProfileName), request.TagKeys, cancel);
        return new();
    }
}
