using Berth.Lifecycle;
using Berth.Registry;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Ecr.Lifecycle;

/// <summary>An image that a policy would take (ECR's shape <c>LifecyclePolicyPreviewResult</c>).</summary>
internal sealed record PreviewedImage
{
    public IReadOnlyList<string>? ImageTags { get; init; }

    public required string ImageDigest { get; init; }

    public required DateTimeOffset ImagePushedAt { get; init; }

    public required PreviewedAction Action { get; init; }

    public required int AppliedRulePriority { get; init; }

    public required string StorageClass { get; init; }

    /// <summary>The members of a result.</summary>
    public static PreviewedImage Of(PreviewResult result) => new()
    {
        ImageTags = result.Tags,
        ImageDigest = result.Digest,
        ImagePushedAt = result.PushedAt,
        Action = new(result.Action, result.Action is "TRANSITION" ? "ARCHIVE" : null),
        AppliedRulePriority = result.RulePriority,
        StorageClass = result.Status is ImageStatus.Archived ? "ARCHIVE" : "STANDARD",
    };
}

/// <summary>What would become of it (ECR's shape <c>LifecyclePolicyRuleAction</c>).</summary>
internal sealed record PreviewedAction(string Type, string? TargetStorageClass);

/// <summary>How many images a policy would take (ECR's shape <c>LifecyclePolicyPreviewSummary</c>).</summary>
internal sealed record PreviewSummary(int ExpiringImageTotalCount, IReadOnlyList<TransitioningImages>? TransitioningImageTotalCounts)
{
    /// <summary>The counts of a preview; those of transitions only where there are some.</summary>
    public static PreviewSummary Of(PreviewPage page) =>
        new(page.Expiring, page.Transitioning == 0 ? null : [new("ARCHIVE", page.Transitioning)]);
}

/// <summary>How many would change to a storage class (ECR's shape <c>TransitioningImageTotalCount</c>).</summary>
internal sealed record TransitioningImages(string TargetStorageClass, int ImageTotalCount);

/// <summary>Which results are wanted (ECR's shape <c>LifecyclePolicyPreviewFilter</c>).</summary>
internal sealed record PreviewFilter
{
    [Values("TAGGED", "UNTAGGED", "ANY")]
    public string? TagStatus { get; init; }

    /// <summary>Which images it admits by whether they have tags.</summary>
    public Berth.Registry.TagStatus ByTags() => TagStatus switch
    {
        "TAGGED" => Berth.Registry.TagStatus.Tagged,
        "UNTAGGED" => Berth.Registry.TagStatus.Untagged,
        _ => Berth.Registry.TagStatus.Any,
    };

    /// <summary>Whether it admits a result.</summary>
    public bool Admits(PreviewResult result) => ByTags() switch
    {
        Berth.Registry.TagStatus.Tagged => result.Tags.Count > 0,
        Berth.Registry.TagStatus.Untagged => result.Tags.Count == 0,
        _ => true,
    };
}
