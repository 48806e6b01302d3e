using System.Diagnostics.CodeAnalysis;

namespace Berth.Vocabulary;

/// <summary>What stands after <c>/manifests/</c>: a tag, or a digest. Exactly one of the two is set.</summary>
public readonly record struct Reference
{
    private Reference(Tag? tag, Digest? digest) => (Tag, Digest) = (tag, digest);

    /// <summary>The tag, when the reference is one.</summary>
    public Tag? Tag { get; }

    /// <summary>The digest, when the reference is one.</summary>
    public Digest? Digest { get; }

    /// <summary>
    /// Reads a reference. A colon can only stand in a digest, so text with one that is no digest is the fault
    /// <see cref="DigestInvalid"/>; other text that is no tag is <see cref="TagInvalid"/>.
    /// </summary>
    public static Reference Parse(string text) =>
        text.Contains(':', StringComparison.Ordinal) ? Vocabulary.Digest.Parse(text) : Vocabulary.Tag.Parse(text);

    /// <summary>A reference by tag.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse and the conversions are the whole vocabulary")]
    public static implicit operator Reference(Tag tag) => new(tag, digest: null);

    /// <summary>A reference by digest.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse and the conversions are the whole vocabulary")]
    public static implicit operator Reference(Digest digest) => new(tag: null, digest);

    /// <inheritdoc/>
    public override string ToString() => Tag?.ToString() ?? Digest?.ToString() ?? "";
}
