using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Vocabulary;

/// <summary>
/// A mutable name for an image. ECR accepts 1 to 300 characters of <c>[a-zA-Z0-9-_.]</c> (service model, ImageTag);
/// the OCI grammar is narrower (128, no leading dot or dash), so every OCI tag is one.
/// </summary>
public readonly record struct Tag
{
    /// <summary>The pattern as ECR prints it.</summary>
    public const string Pattern = "[a-zA-Z0-9-_.]+";

    /// <summary>The longest tag.</summary>
    public const int MaxLength = 300;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private readonly string? text;

    private Tag(string text) => this.text = text;

    /// <summary>Reads a tag, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Tag tag)
    {
        var isTag = text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Characters);
        tag = isTag ? new(text!) : default;
        return isTag;
    }

    /// <summary>Reads a tag; text that is none is the fault <see cref="TagInvalid"/>.</summary>
    public static Tag Parse(string text) => TryParse(text, out var tag) ? tag : throw new TagInvalid(text).AsException();

    /// <inheritdoc/>
    public override string ToString() => text ?? throw new InvalidOperationException("a tag that was never set");
}
