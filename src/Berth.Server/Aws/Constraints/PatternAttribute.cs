using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Berth.Server.Aws.Constraints;

/// <summary>The whole text must match a regular expression of AWS's model.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatternAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    : ConstraintAttribute(RuleKind.Pattern)
{
    // No member that has a pattern is longer in any model; a match costs time in proportion to the text.
    private const int LongestMatched = 128 * 1024;

    // Not backtracking: no text makes it slow, whatever the pattern.
    private readonly Lazy<Regex> whole = new(() => new(
        $@"\A(?:{pattern})\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));

    /// <summary>The pattern as AWS writes it.</summary>
    public string Pattern => pattern;

    /// <inheritdoc/>
    public override IEnumerable<string> Phrases => [$"Member must satisfy regular expression pattern: {pattern}"];

    /// <inheritdoc/>
    public override string? Check(object value) =>
        value is string { Length: <= LongestMatched } text && whole.Value.IsMatch(text) ? null : Phrases.Single();

    /// <inheritdoc/>
    public override string EcrPhrase(string phrase) => $"must satisfy regular expression '{pattern}'";
}
