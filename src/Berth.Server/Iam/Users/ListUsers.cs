using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Lists an account's users page by page.</summary>
internal sealed class ListUsers(IamEntities entities, PageTokens tokens) : Operation<ListUsers.Request, ListUsers.Response>
{
    public sealed record Request
    {
        [Length(1, 512), Pattern(Patterns.PathPrefix)]
        public string? PathPrefix { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<UserDetail> Users, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.ArnOfAll(EntityKind.User, request.PathPrefix);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var prefix = request.PathPrefix ?? "/";
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, call.Scope.Account.ToString(), prefix], request.Marker, request.MaxItems),
            user => user.Name.ToLowerInvariant(),
            (after, limit) => entities.ListAsync(call.Scope, EntityKind.User, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(UserDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
