using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Creates a user, who may do nothing yet.</summary>
internal sealed class CreateUser(IamUsers users, Authorizer authorizer) : Operation<CreateUser.Request, CreateUser.Response>
{
    public sealed record Request
    {
        [Length(1, 512), Pattern(Patterns.Path)]
        public string? Path { get; init; }

        [Length(1, 64), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(20, 2048)]
        public string? PermissionsBoundary { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response(UserDetail User);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn(request.Path);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        BoundaryKey.Of(request.PermissionsBoundary).Concat(TagEntry.Keys(request.Tags));

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (TagEntry.Asked(call, request.Tags) is { Count: > 0 })
        {
            await authorizer.AuthorizeAsync(call.To("iam:TagUser", Resource(call, request), [.. Keys(request)]), cancel);
        }

        var user = new NewEntity(call.User(request.UserName))
        {
            Path = request.Path,
            Boundary = request.PermissionsBoundary,
            Tags = TagEntry.Asked(call, request.Tags),
            ServiceTags = TagEntry.OfService(call, request.Tags),
        };
        return new(UserDetail.Of(await users.CreateAsync(user, cancel)));
    }
}
