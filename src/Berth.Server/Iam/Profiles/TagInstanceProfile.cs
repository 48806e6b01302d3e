using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Adds tags to an instance profile, or changes their values.</summary>
internal sealed class TagInstanceProfile(IamEntities entities) : Operation<TagInstanceProfile.Request, TagInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }

        [Count(0, 50)]
        public required IReadOnlyList<TagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.TagAsync(call.InstanceProfile(request.InstanceProfileName), TagEntry.ToTags(request.Tags), cancel);
        return new();
    }
}
