using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Vocabulary;

/// <summary>An AWS Region such as <c>us-east-1</c>: lower-case labels joined by dashes, 1 to 40 characters.</summary>
public readonly record struct RegionName
{
    private const int LongestName = 40;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? text;

    private RegionName(string text) => this.text = text;

    /// <summary>
    /// The partition that ARNs and service host names of this Region carry
    /// (AWS General Reference, "Amazon Resource Names"): aws, aws-cn, aws-us-gov, aws-iso...
    /// </summary>
    public string Partition => ToString() switch
    {
        var name when name.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        var name when name.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        var name when name.StartsWith("us-iso-", StringComparison.Ordinal) => "aws-iso",
        var name when name.StartsWith("us-isob-", StringComparison.Ordinal) => "aws-iso-b",
        var name when name.StartsWith("us-isof-", StringComparison.Ordinal) => "aws-iso-f",
        var name when name.StartsWith("eu-isoe-", StringComparison.Ordinal) => "aws-iso-e",
        var name when name.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ => "aws",
    };

    /// <summary>Reads a Region, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RegionName region)
    {
        var isName = text is { Length: > 0 and <= LongestName }
            && !text.AsSpan().ContainsAnyExcept(Characters)
            && char.IsAsciiLetter(text[0])
            && text[^1] != '-'
            && !text.Contains("--", StringComparison.Ordinal);
        region = isName ? new(text!) : default;
        return isName;
    }

    /// <summary>Reads a Region whose form was checked before; anything else is a bug.</summary>
    public static RegionName Parse(string text) =>
        TryParse(text, out var region) ? region : throw new FormatException($"'{text}' is not a Region");

    /// <inheritdoc/>
    public override string ToString() => text ?? throw new InvalidOperationException("a Region that was never set");
}
