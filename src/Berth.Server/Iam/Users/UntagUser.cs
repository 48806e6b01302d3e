using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Removes tags from a user.</summary>
internal sealed class UntagUser(IamEntities entities) : Operation<UntagUser.Request, UntagUser.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Count(0, 50), Length(1, 128), Pattern(Patterns.TagKey)]
        public required IReadOnlyList<string> TagKeys { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.OfKeys(request.TagKeys);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await entities.UntagAsync(call.User(request.UserName), request.TagKeys, cancel);
        return new();
    }
}
