using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An image in a repository, as listings know it: what its manifest says, without the manifest.</summary>
public sealed record Image
{
    /// <summary>The manifest's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The manifest's media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The artifact type the manifest states.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The media type of its configuration; null for an index.</summary>
    public string? ConfigType { get; init; }

    /// <summary>The manifest's annotations, a JSON object; null when there are none.</summary>
    public string? Annotations { get; init; }

    /// <summary>The image this one is about.</summary>
    public Digest? Subject { get; init; }

    /// <summary>Bytes of the manifest.</summary>
    public required long ManifestSize { get; init; }

    /// <summary>ECR's <c>imageSizeInBytes</c>: layers and configuration as stored; of an index, its largest image.</summary>
    public required long Size { get; init; }

    /// <summary>When it was first pushed.</summary>
    public required DateTimeOffset PushedAt { get; init; }

    /// <summary>Whether it can be pulled.</summary>
    public required ImageStatus Status { get; init; }

    /// <summary>When it was last archived; null when it never was.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>When it last came back out of the archive; null when it never did.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When it was last pulled, as far as that is recorded; null when it never was.</summary>
    public DateTimeOffset? PulledAt { get; init; }

    /// <summary>Its tags in ordinal order; empty for an untagged image.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>A manifest as it is stored.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">Its exact bytes.</param>
public sealed record StoredManifest(Digest Digest, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>How the API names an image: by digest, by tag, or by both, which must then be the same image.</summary>
public sealed record ImageIdentifier(Digest? Digest, Tag? Tag);
