using System.Globalization;

namespace Berth.Policy.Conditions;

/// <summary>Tests of numbers.</summary>
internal static class Numbers
{
    /// <summary>A value that stands to the policy's in this order: below it under 0, above it over 0.</summary>
    public static TestMaker That(Func<int, bool> holds) => (expected, _) =>
        Find(expected) is { } limit ? (actual, _) => Find(actual) is { } value && holds(value.CompareTo(limit)) : Texts.Nothing;

    private static decimal? Find(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
