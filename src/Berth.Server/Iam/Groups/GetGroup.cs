using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Groups;

/// <summary>Describes a group, and lists its users page by page.</summary>
internal sealed class GetGroup(IamEntities entities, IamGroups groups, PageTokens tokens) : Operation<GetGroup.Request, GetGroup.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(GroupDetail Group, IReadOnlyList<UserDetail> Users, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var name = call.Group(request.GroupName);
        var group = await entities.GetAsync(name, cancel);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, name.Arn()], request.Marker, request.MaxItems),
            user => user.Name.ToLowerInvariant(),
            (after, limit) => groups.ListUsersAsync(name, after, limit, cancel));
        return new(GroupDetail.Of(group), [.. page.Rows.Select(UserDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
