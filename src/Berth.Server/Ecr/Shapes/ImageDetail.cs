using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>What DescribeImages says of an image.</summary>
internal sealed record ImageDetail
{
    public required string RegistryId { get; init; }

    public required string RepositoryName { get; init; }

    public required string ImageDigest { get; init; }

    public IReadOnlyList<string>? ImageTags { get; init; }

    public required long ImageSizeInBytes { get; init; }

    public required DateTimeOffset ImagePushedAt { get; init; }

    public required string ImageManifestMediaType { get; init; }

    public string? ArtifactMediaType { get; init; }

    public string? SubjectManifestDigest { get; init; }

    public required string ImageStatus { get; init; }

    public DateTimeOffset? LastRecordedPullTime { get; init; }

    public DateTimeOffset? LastArchivedAt { get; init; }

    public DateTimeOffset? LastActivatedAt { get; init; }

    /// <summary>The detail of an image; an untagged one has no member <c>imageTags</c>.</summary>
    public static ImageDetail Of(RepositoryId repository, Image image) => new()
    {
        RegistryId = repository.Account.ToString(),
        RepositoryName = repository.Name.ToString(),
        ImageDigest = image.Digest.ToString(),
        ImageTags = image.Tags.Count == 0 ? null : [.. image.Tags.Select(tag => tag.ToString())],
        ImageSizeInBytes = image.Size,
        ImagePushedAt = image.PushedAt,
        ImageManifestMediaType = image.MediaType,
        ArtifactMediaType = image.ArtifactType ?? image.ConfigType,
        SubjectManifestDigest = image.Subject?.ToString(),
        ImageStatus = image.Status.Wire(),
        LastRecordedPullTime = image.PulledAt,
        LastArchivedAt = image.ArchivedAt,
        LastActivatedAt = image.ActivatedAt,
    };
}
