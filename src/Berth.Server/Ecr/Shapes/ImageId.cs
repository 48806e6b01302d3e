using Berth.Registry;
using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>How a request names an image: by digest, by tag, or by both.</summary>
internal sealed record ImageId
{
    public string? ImageDigest { get; init; }

    [Length(1, Tag.MaxLength)]
    public string? ImageTag { get; init; }

    /// <summary>What is answered for an image that was found.</summary>
    public static ImageId Of(ImageIdentifier identifier) =>
        new() { ImageDigest = identifier.Digest?.ToString(), ImageTag = identifier.Tag?.ToString() };

    /// <summary>Why it can name no image of a repository; null when it can.</summary>
    public Fault? FindFlaw(RepositoryId repository) => this switch
    {
        { ImageDigest: { } text } when !DigestText.IsWellFormed(text) => new DigestInvalid(text),
        { ImageTag: { } text } when !Tag.TryParse(text, out _) => new TagInvalid(text),
        { ImageDigest: { } text } when !Digest.TryParse(text, out _) => new ImageNotFound(repository, text, ImageTag),
        { ImageDigest: null, ImageTag: null } => new ImageNotFound(repository, Digest: null, Tag: null),
        _ => null,
    };

    /// <summary>What it names, once it has no flaw.</summary>
    public ImageIdentifier ToIdentifier() => new(
        ImageDigest is null ? null : Digest.Parse(ImageDigest),
        ImageTag is null ? null : Tag.Parse(ImageTag));
}
