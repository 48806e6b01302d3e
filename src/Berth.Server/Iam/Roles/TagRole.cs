using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Adds tags to a role, or changes their values.</summary>
internal sealed class TagRole(IamEntities entities) : Operation<TagRole.Request, TagRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Count(0, 50)]
        public required IReadOnlyList<TagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.TagAsync(call.Role(request.RoleName), TagEntry.ToTags(request.Tags), cancel);
        return new();
    }
}
