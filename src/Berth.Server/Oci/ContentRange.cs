using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>
/// Where a chunk says it lies in its blob. The specification writes <c>0-9</c>, HTTP <c>bytes 0-9/*</c>, and both are read.
/// </summary>
internal readonly record struct ContentRange(long First, long Last)
{
    private const string Unit = "bytes";

    /// <summary>How many bytes the chunk says it has.</summary>
    public long Length => Last - First + 1;

    /// <summary>Reads the header, or null without one. Text that is no range is the fault <see cref="RequestUnreadable"/>.</summary>
    public static ContentRange? Parse(string? header) =>
        string.IsNullOrEmpty(header) ? null
            : Find(header) ?? throw new RequestUnreadable($"Content-Range is '{header}' instead of two positions such as '0-1023'").AsException();

    /// <summary>Reads the header; null for text that is no range.</summary>
    public static ContentRange? Find(string header)
    {
        var text = header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) ? header[Unit.Length..].TrimStart(' ', '=') : header;
        return text.Split('/')[0].Split('-') is [var first, var last]
            && TryRead(first, out var from) && TryRead(last, out var to) && from <= to && to < long.MaxValue
                ? new ContentRange(from, to)
                : null;
    }

    private static bool TryRead(string text, out long position) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out position);
}
