using Berth.Registry;

namespace Berth.Server.Delivery.Recycling;

/// <summary>An image in the recycle bin as answers tell of it.</summary>
/// <param name="ImageDigest">Its digest.</param>
/// <param name="ImageTags">The tags it had when it was deleted.</param>
/// <param name="ImageManifestMediaType">What its manifest is.</param>
/// <param name="ArtifactMediaType">What it is of, where its manifest says so.</param>
/// <param name="ImageSizeInBytes">Its bytes.</param>
/// <param name="ImageStatus">What it comes back as; one that was being activated comes back archived.</param>
/// <param name="ImagePushedAt">When it was pushed.</param>
/// <param name="DeletedAt">When it was deleted.</param>
/// <param name="DeletedBy"><c>API</c>, or <c>LIFECYCLE</c> with the rule's priority.</param>
/// <param name="RulePriority">Which rule of the lifecycle policy took it.</param>
/// <param name="ExpiresAt">Until when it can be taken back; within an hour after that it is gone.</param>
internal sealed record RecycledImageDetail(
    string ImageDigest,
    IReadOnlyList<string> ImageTags,
    string ImageManifestMediaType,
    string? ArtifactMediaType,
    long ImageSizeInBytes,
    string ImageStatus,
    DateTimeOffset ImagePushedAt,
    DateTimeOffset DeletedAt,
    string DeletedBy,
    int? RulePriority,
    DateTimeOffset ExpiresAt)
{
    /// <summary>The members that every such image has.</summary>
    public static RecycledImageDetail Of(RecycledImage image, Retention retention) => new(
        image.Digest.ToString(),
        [.. image.Tags.Select(tag => tag.ToString())],
        image.MediaType,
        image.ArtifactType,
        image.Size,
        (image.Status is Registry.ImageStatus.Active ? Registry.ImageStatus.Active : Registry.ImageStatus.Archived).Wire(),
        image.PushedAt,
        image.DeletedAt,
        image.DeletedBy,
        image.RulePriority,
        image.DeletedAt + retention.RecycleBin);
}
