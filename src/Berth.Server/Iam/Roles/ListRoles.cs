using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Lists an account's roles page by page.</summary>
internal sealed class ListRoles(IamRoles roles, PageTokens tokens) : Operation<ListRoles.Request, ListRoles.Response>
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

    public sealed record Response(IReadOnlyList<RoleDetail> Roles, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.ArnOfAll(EntityKind.Role, request.PathPrefix);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var prefix = request.PathPrefix ?? "/";
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, call.Scope.Account.ToString(), prefix], request.Marker, request.MaxItems),
            role => role.Entity.Name.ToLowerInvariant(),
            (after, limit) => roles.ListAsync(call.Scope, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(RoleDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
