using System.Globalization;

namespace Berth.Server.Hosting;

/// <summary>A length of time as people write it: <c>30s</c>, <c>10m</c>, <c>12h</c>, <c>7d</c>, or <c>hh:mm:ss</c>.</summary>
internal static class Duration
{
    public const string Allowed = "a duration: 30s, 10m, 12h, 7d or hh:mm:ss";

    // The constant format would take a bare number, as days.
    private static readonly string[] Times = [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

    /// <summary>Reads a duration that is not negative and at most ten years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        const double longest = 10 * 365 * 24 * 3600.0;
        double seconds = (text.Length > 0 ? text[^1] : ' ') switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 24 * 3600,
            _ => 0,
        };
        if (seconds == 0)
        {
            return TimeSpan.TryParseExact(text, Times, CultureInfo.InvariantCulture, out duration) && duration.TotalSeconds <= longest;
        }

        var isNumber = double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * seconds <= longest;
        duration = isNumber ? TimeSpan.FromSeconds(count * seconds) : default;
        return isNumber;
    }
}
