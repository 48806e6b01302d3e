using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A role (IAM's shape <c>Role</c>).</summary>
internal sealed record RoleDetail
{
    public required string Path { get; init; }

    public required string RoleName { get; init; }

    public required string RoleId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public string? AssumeRolePolicyDocument { get; init; }

    public string? Description { get; init; }

    public int? MaxSessionDuration { get; init; }

    public AttachedBoundary? PermissionsBoundary { get; init; }

    public IReadOnlyList<TagEntry>? Tags { get; init; }

    public LastUse? RoleLastUsed { get; init; }

    /// <summary>A role as listings have it: without tags, boundary and last use (IAM API Reference, ListRoles).</summary>
    public static RoleDetail InListing(Role role) => new()
    {
        Path = role.Entity.Path,
        RoleName = role.Entity.Name,
        RoleId = role.Entity.Id,
        Arn = role.Entity.Arn,
        CreateDate = role.Entity.CreatedAt,
        AssumeRolePolicyDocument = Uri.EscapeDataString(role.Trust),
        Description = role.Entity.Description,
        MaxSessionDuration = (int)role.LongestSession.TotalSeconds,
    };

    /// <summary>A role with all that is known of it.</summary>
    public static RoleDetail Of(Role role) => InListing(role) with
    {
        PermissionsBoundary = AttachedBoundary.Of(role.Entity.Boundary),
        Tags = TagEntry.Of(role.Tags),
        RoleLastUsed = new(role.LastUsed?.At, role.LastUsed?.Region),
    };

    /// <summary>When and where a role was last used (IAM's shape <c>RoleLastUsed</c>); empty when it never was.</summary>
    internal sealed record LastUse(DateTimeOffset? LastUsedDate, string? Region);
}
