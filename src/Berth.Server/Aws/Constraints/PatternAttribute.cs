using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Berth.Server.Aws.Constraints;

/// <summary>The whole text must match a regular expression of AWS's model.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatternAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    : ConstraintAttribute(RuleKind.Pattern)
{
    // No member that has a pattern is longer in any model; a match costs time in proportion to the text.
    private const int LongestMatched = 128 * 1024;

    // Not backtracking: no text makes it slow, whatever the pattern. Only one that looks ahead must, and is bounded by itself.
    private readonly Lazy<Regex> whole = new(() => new(
        $@"\A(?:{Ascii(pattern)})\z",
        (pattern.Contains("(?", StringComparison.Ordinal) ? RegexOptions.None : RegexOptions.NonBacktracking)
            | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)));

    /// <summary>The pattern as AWS writes it.</summary>
    public string Pattern => pattern;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => [$"Member must satisfy regular expression pattern: {pattern}"];

    /// <inheritdoc/>
    public override string? Check(object value) =>
        value is string { Length: <= LongestMatched } text && whole.Value.IsMatch(text) ? null : Phrases.Single();

    // AWS's patterns are Java's, whose shorthands mean ASCII; .NET's mean the letters and digits of every script.
    private static string Ascii(string pattern)
    {
        var ascii = new StringBuilder(pattern.Length);
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '\\' && pattern[i + 1] is ('w' or 'd'))
            {
                var characters = pattern[++i] is 'w' ? "a-zA-Z0-9_" : "0-9";
                ascii.Append(isInClass ? characters : $"[{characters}]");
                continue;
            }

            ascii.Append(pattern[i]);
            if (pattern[i] is '\\')
            {
                ascii.Append(pattern[++i]);
            }
            else
            {
                isInClass = pattern[i] is '[' || (isInClass && pattern[i] is not ']');
            }
        }

        return ascii.ToString();
    }

    /// <inheritdoc/>
    public override string EcrPhrase(string phrase) => $"must satisfy regular expression '{pattern}'";
}
