namespace Berth.Vocabulary;

/// <summary>
/// A manifest or index, read just as far as a registry must understand it. Its exact bytes are its identity; fields
/// that are not known here stay in them untouched.
/// </summary>
public sealed record Manifest
{
    /// <summary>The longest manifest in bytes: 4 MiB (ECR service model; OCI distribution specification, "Pushing Manifests").</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>The document's media type; one of the four that are stored.</summary>
    public required string MediaType { get; init; }

    /// <summary>The configuration of an image; null for an index.</summary>
    public Descriptor? Config { get; init; }

    /// <summary>The layers of an image, in order.</summary>
    public IReadOnlyList<Descriptor> Layers { get; init; } = [];

    /// <summary>The manifests of an index, in order.</summary>
    public IReadOnlyList<Descriptor> Manifests { get; init; } = [];

    /// <summary>The image that this one is about, if any.</summary>
    public Digest? Subject { get; init; }

    /// <summary>What the artifact is for, when the manifest says so.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifest's annotations as the JSON object they are; null when there are none.</summary>
    public string? Annotations { get; init; }

    /// <summary>Whether it lists manifests rather than layers.</summary>
    public bool IsIndex => Vocabulary.MediaType.IsIndex(MediaType);

    /// <summary>
    /// What the referrers list calls the artifact's type: its own, or else its configuration's media type
    /// (OCI distribution specification, "Listing Referrers").
    /// </summary>
    public string? EffectiveArtifactType => ArtifactType ?? Config?.MediaType;

    /// <summary>
    /// Reads a manifest. <paramref name="declaredType"/> is what the request says it is; a document that names its own
    /// type must agree. Faults: <see cref="ManifestTooLarge"/>, <see cref="ManifestInvalid"/>,
    /// <see cref="ManifestTypeUnsupported"/>.
    /// </summary>
    public static Manifest Parse(ReadOnlyMemory<byte> content, string? declaredType)
    {
        if (content.Length > MaxLength)
        {
            throw new ManifestTooLarge(MaxLength).AsException();
        }

        return ManifestReader.Read(content, declaredType);
    }
}
