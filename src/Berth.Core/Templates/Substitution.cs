using System.Text.RegularExpressions;

namespace Berth.Templates;

/// <summary>What <c>Fn::Sub</c> replaces: <c>${Name}</c>, <c>${Name.Attribute}</c>; <c>${!Literal}</c> stays, without its mark.</summary>
internal static partial class Substitution
{
    /// <summary>The names in a text.</summary>
    public static IEnumerable<string> NamesIn(string text) =>
        Variable().Matches(text).Where(match => match.Groups["literal"].Length == 0).Select(match => match.Groups["name"].Value.Trim());

    /// <summary>The text with every name replaced.</summary>
    public static string Replace(string text, Func<string, string> valueOf) => Variable().Replace(
        text, match => match.Groups["literal"].Length > 0 ? $"${{{match.Groups["name"].Value}}}" : valueOf(match.Groups["name"].Value.Trim()));

    [GeneratedRegex(@"\$\{(?<literal>!?)(?<name>[^{}!][^{}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
