using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Lists the users, groups and roles that have a managed policy, attached or as their boundary.</summary>
internal sealed class ListEntitiesForPolicy(ManagedPolicies policies, PageTokens tokens) : Operation<ListEntitiesForPolicy.Request, ListEntitiesForPolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Values("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")]
        public string? EntityFilter { get; init; }

        [Length(1, 512), Pattern(Patterns.Path)]
        public string? PathPrefix { get; init; }

        [Values("PermissionsPolicy", "PermissionsBoundary")]
        public string? PolicyUsageFilter { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(
        IReadOnlyList<Group> PolicyGroups, IReadOnlyList<User> PolicyUsers, IReadOnlyList<Role> PolicyRoles, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var asked = new Identity.Entities.PolicyUsers(
            request.PolicyArn,
            Kinds(request.EntityFilter),
            Attached: request.PolicyUsageFilter is not "PermissionsBoundary",
            Bounded: request.PolicyUsageFilter is not "PermissionsPolicy");
        var prefix = request.PathPrefix ?? "/";
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, request.PolicyArn, request.EntityFilter ?? "", request.PolicyUsageFilter ?? "", prefix], request.Marker, request.MaxItems),
            entity => entity.Id,
            (after, limit) => policies.ListUsersAsync(call.Scope, asked, new(after, limit, prefix), cancel));
        return new(
            [.. Of(page, EntityKind.Group).Select(group => new Group(group.Name, group.Id))],
            [.. Of(page, EntityKind.User).Select(user => new User(user.Name, user.Id))],
            [.. Of(page, EntityKind.Role).Select(role => new Role(role.Name, role.Id))],
            page.IsTruncated,
            page.Marker);
    }

    // The two kinds of policies, which other operations have too, use no policy.
    private static IReadOnlyList<EntityKind> Kinds(string? filter) => filter switch
    {
        null => [EntityKind.User, EntityKind.Group, EntityKind.Role],
        "User" => [EntityKind.User],
        "Group" => [EntityKind.Group],
        "Role" => [EntityKind.Role],
        _ => [],
    };

    private static IEnumerable<Entity> Of(MarkedPage<Entity> page, EntityKind kind) => page.Rows.Where(entity => entity.Kind == kind);

    /// <summary>A group that uses the policy.</summary>
    public sealed record Group(string GroupName, string GroupId);

    /// <summary>A user that uses the policy.</summary>
    public sealed record User(string UserName, string UserId);

    /// <summary>A role that uses the policy.</summary>
    public sealed record Role(string RoleName, string RoleId);
}
