using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Lists the tags of a role.</summary>
internal sealed class ListRoleTags(IamEntities entities, PageTokens tokens) : Operation<ListRoleTags.Request, ListRoleTags.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<TagEntry> Tags, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var role = call.Role(request.RoleName);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, role.Arn()], request.Marker, request.MaxItems),
            tag => tag.Key.ToLowerInvariant(),
            (after, limit) => entities.ListTagsAsync(role, after, limit, cancel));
        return new(TagEntry.All(page.Rows), page.IsTruncated, page.Marker);
    }
}
