using Berth.Identity;
using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A user (IAM's shape <c>User</c>).</summary>
internal sealed record UserDetail
{
    public string? Path { get; init; }

    public string? UserName { get; init; }

    public required string UserId { get; init; }

    public required string Arn { get; init; }

    public DateTimeOffset? CreateDate { get; init; }

    public AttachedBoundary? PermissionsBoundary { get; init; }

    public IReadOnlyList<TagEntry>? Tags { get; init; }

    /// <summary>A user as listings have it: without tags and boundary (IAM API Reference, ListUsers).</summary>
    public static UserDetail InListing(Entity user) => new()
    {
        Path = user.Path,
        UserName = user.Name,
        UserId = user.Id,
        Arn = user.Arn,
        CreateDate = user.CreatedAt,
    };

    /// <summary>A user with all that is known of it.</summary>
    public static UserDetail Of(IamUser user) => InListing(user.Entity) with
    {
        PermissionsBoundary = AttachedBoundary.Of(user.Entity.Boundary),
        Tags = TagEntry.Of(user.Tags),
    };

    /// <summary>A root, which has neither name nor path.</summary>
    public static UserDetail OfRoot(Principal root, DateTimeOffset createdAt) => new()
    {
        UserId = root.UserId,
        Arn = root.Arn,
        CreateDate = createdAt,
    };
}
