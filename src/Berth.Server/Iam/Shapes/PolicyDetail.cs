using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A managed policy (IAM's shape <c>Policy</c>).</summary>
internal sealed record PolicyDetail
{
    public required string PolicyName { get; init; }

    public required string PolicyId { get; init; }

    public required string Arn { get; init; }

    public required string Path { get; init; }

    public required string DefaultVersionId { get; init; }

    public required int AttachmentCount { get; init; }

    public required int PermissionsBoundaryUsageCount { get; init; }

    public required bool IsAttachable { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    public IReadOnlyList<TagEntry>? Tags { get; init; }

    /// <summary>A policy as listings have it: without description and tags (IAM API Reference, ListPolicies).</summary>
    public static PolicyDetail InListing(ManagedPolicy policy) => new()
    {
        PolicyName = policy.Name,
        PolicyId = policy.Id,
        Arn = policy.Arn,
        Path = policy.Path,
        DefaultVersionId = VersionId.Of(policy.DefaultVersion),
        AttachmentCount = policy.Attachments,
        PermissionsBoundaryUsageCount = policy.Boundaries,
        IsAttachable = true,
        CreateDate = policy.CreatedAt,
        UpdateDate = policy.UpdatedAt,
    };

    /// <summary>A policy with all that is known of it.</summary>
    public static PolicyDetail Of(ManagedPolicy policy) =>
        InListing(policy) with { Description = policy.Description, Tags = TagEntry.All(policy.Tags) };
}
