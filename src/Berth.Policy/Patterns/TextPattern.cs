namespace Berth.Policy.Patterns;

/// <summary>Text to match against, in the cheapest of four shapes: anything, a literal, a prefix, or wildcards in general.</summary>
internal sealed class TextPattern
{
    private const int LongestOnStack = 256;

    private readonly string text;
    private readonly bool[] quoted;
    private readonly bool ignoreCase;
    private readonly Shape shape;

    /// <summary>Finds the shape once.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="quoted">For each character whether it is no wildcard whatever it looks like; empty when none is quoted.</param>
    /// <param name="ignoreCase">Whether case does not count.</param>
    public TextPattern(string text, bool[] quoted, bool ignoreCase = false)
    {
        this.quoted = quoted;
        this.ignoreCase = ignoreCase;
        shape = ShapeOf(text, quoted);
        this.text = shape switch
        {
            Shape.Prefix => text[..^1],
            Shape.General when ignoreCase => text.ToUpperInvariant(),
            _ => text,
        };
    }

    private enum Shape
    {
        Anything,
        Literal,
        Prefix,
        General,
    }

    public bool Matches(ReadOnlySpan<char> actual) => shape switch
    {
        Shape.Anything => true,
        Shape.Literal => actual.Equals(text, Comparison),
        Shape.Prefix => actual.StartsWith(text, Comparison),
        _ => ignoreCase ? MatchesFolded(actual) : Glob.IsMatch(text, actual, questionMark: true, quoted),
    };

    private StringComparison Comparison => ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static Shape ShapeOf(string text, bool[] quoted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('*' or '?') || (quoted.Length > 0 && quoted[i]))
            {
                continue;
            }

            return (text[i], i == text.Length - 1) switch
            {
                ('*', true) => i == 0 ? Shape.Anything : Shape.Prefix,
                _ => Shape.General,
            };
        }

        return Shape.Literal;
    }

    private bool MatchesFolded(ReadOnlySpan<char> actual)
    {
        var folded = actual.Length <= LongestOnStack ? stackalloc char[actual.Length] : new char[actual.Length];
        actual.ToUpperInvariant(folded);
        return Glob.IsMatch(text, folded, questionMark: true, quoted);
    }
}
