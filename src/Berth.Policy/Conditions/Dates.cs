using System.Globalization;

namespace Berth.Policy.Conditions;

/// <summary>Tests of moments: ISO 8601 as the W3C profiles it, or seconds since 1970.</summary>
internal static class Dates
{
    private static readonly string[] Formats =
    [
        "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>A moment that stands to the policy's in this order: before it under 0, after it over 0.</summary>
    public static TestMaker That(Func<int, bool> holds) => (expected, _) =>
        Find(expected) is { } limit ? (actual, _) => Find(actual) is { } value && holds(value.CompareTo(limit)) : Texts.Nothing;

    private static DateTimeOffset? Find(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return FromSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
    }

    /// <summary>The moment, or null outside of the years 1 to 9999.</summary>
    private static DateTimeOffset? FromSeconds(decimal seconds)
    {
        var range = (First: DateTimeOffset.MinValue.ToUnixTimeSeconds(), Last: DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return seconds >= range.First && seconds <= range.Last
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }
}
