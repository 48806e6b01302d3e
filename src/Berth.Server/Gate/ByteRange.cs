using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>A run of bytes of some content; never empty.</summary>
/// <param name="First">Where it begins.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>The last byte of the run.</summary>
    public long Last => First + Length - 1;

    /// <summary>
    /// The bytes that a <c>Range</c> header asks for, or null for all of them: without a header, with several ranges,
    /// another unit, or text that is no range (RFC 9110, 14.2). A range that holds no byte of the content is the fault
    /// <see cref="RangeNotSatisfiable"/>; so is one that ends before it begins, as the OCI conformance suite wants it.
    /// </summary>
    public static ByteRange? Parse(string? header, long contentLength)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)
            || header[Unit.Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        return (Position(first), Position(last)) switch
        {
            ({ } from, null) when IsBlank(last) => Between(from, long.MaxValue, contentLength),
            ({ } from, { } to) => Between(from, to, contentLength),
            (null, { } count) when IsBlank(first) => Between(count == 0 ? contentLength : Math.Max(0, contentLength - count), long.MaxValue, contentLength),
            _ => null,
        };
    }

    /// <summary>As <c>Content-Range</c> has it, after the unit: <c>0-9/100</c>.</summary>
    public string Of(long contentLength) =>
        string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}/{contentLength}");

    private static ByteRange Between(long first, long last, long contentLength) =>
        first < contentLength && first <= last
            ? new(first, Math.Min(last, contentLength - 1) - first + 1)
            : throw new RangeNotSatisfiable(contentLength).AsException();

    // A number past all counting lies past the end of any content.
    private static long? Position(string text)
    {
        var digits = text.Trim();
        return digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
            : long.MaxValue;
    }

    private static bool IsBlank(string text) => string.IsNullOrWhiteSpace(text);
}
