using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>A manifest on its way in, with what the wire it came over asks for.</summary>
public sealed record ImagePush
{
    /// <summary>The manifest's exact bytes.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What the request says they are; null to take the document's own word.</summary>
    public string? MediaType { get; init; }

    /// <summary>The tags to set; none stores the image untagged.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The digest the bytes must have; it also chooses the algorithm the image is addressed by.</summary>
    public string? Digest { get; init; }

    /// <summary>
    /// Whether an index may list images that are not here, as the OCI specification allows; ECR's API refuses it.
    /// </summary>
    public bool AcceptsAbsentImages { get; init; }

    /// <summary>Whether a push that changes nothing succeeds (OCI), or is <see cref="ImageAlreadyExists"/> (ECR's API).</summary>
    public bool AcceptsRepetition { get; init; }
}

/// <summary>What a push stored.</summary>
/// <param name="Digest">The image's digest.</param>
/// <param name="Manifest">Its manifest as read.</param>
public sealed record PushedImage(Digest Digest, Manifest Manifest);
