using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>An instance profile (IAM's shape <c>InstanceProfile</c>).</summary>
internal sealed record ProfileDetail
{
    public required string Path { get; init; }

    public required string InstanceProfileName { get; init; }

    public required string InstanceProfileId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required IReadOnlyList<RoleDetail> Roles { get; init; }

    public IReadOnlyList<TagEntry>? Tags { get; init; }

    /// <summary>A profile as listings have it: without tags (IAM API Reference, ListInstanceProfiles).</summary>
    public static ProfileDetail InListing(InstanceProfile profile) => new()
    {
        Path = profile.Entity.Path,
        InstanceProfileName = profile.Entity.Name,
        InstanceProfileId = profile.Entity.Id,
        Arn = profile.Entity.Arn,
        CreateDate = profile.Entity.CreatedAt,
        Roles = profile.Role is { } role ? [RoleDetail.InListing(role)] : [],
    };

    /// <summary>A profile with all that is known of it.</summary>
    public static ProfileDetail Of(InstanceProfile profile) => InListing(profile) with { Tags = TagEntry.All(profile.Tags) };
}
