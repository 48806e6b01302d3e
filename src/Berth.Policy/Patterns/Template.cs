using System.Collections.Immutable;
using System.Text;

namespace Berth.Policy.Patterns;

/// <summary>How a text of a policy is to be understood.</summary>
/// <param name="Wildcards">Whether <c>*</c> and <c>?</c> are wildcards.</param>
/// <param name="Variables">Whether <c>${...}</c> is a variable, as from version 2012-10-17 on.</param>
/// <param name="IgnoreCase">Whether case does not count.</param>
internal readonly record struct Syntax(bool Wildcards, bool Variables, bool IgnoreCase = false);

/// <summary>
/// A text of a policy, parsed: <c>${key}</c> and <c>${key, 'default'}</c> are filled in from each request, where they
/// stand for themselves and bring no wildcards; <c>${*}</c>, <c>${?}</c> and <c>${$}</c> are those characters.
/// </summary>
internal sealed class Template
{
    private readonly ImmutableArray<Piece> pieces;
    private readonly bool ignoreCase;
    private readonly TextPattern? ready;

    private Template(ImmutableArray<Piece> pieces, bool ignoreCase)
    {
        this.pieces = pieces;
        this.ignoreCase = ignoreCase;
        ready = pieces.Any(piece => piece.IsVariable) ? null : Fill(RequestContext.Empty);
    }

    /// <summary>Whether nothing has to be filled in.</summary>
    public bool IsReady => ready is not null;

    public static Template Parse(string text, Syntax syntax) => new([.. PiecesOf(text, syntax)], syntax.IgnoreCase);

    /// <summary>Whether the text matches as a whole. A variable without a value and without a default matches nothing.</summary>
    public bool Matches(ReadOnlySpan<char> actual, RequestContext context) => (ready ?? Fill(context))?.Matches(actual) ?? false;

    private TextPattern? Fill(RequestContext context)
    {
        var text = new StringBuilder();
        var quoted = new List<bool>();
        foreach (var piece in pieces)
        {
            if ((piece.IsVariable ? context.FindSingle(piece.Text) ?? piece.Default : piece.Text) is not { } value)
            {
                return null;
            }

            text.Append(value);
            quoted.AddRange(Enumerable.Repeat(!piece.HasWildcards, value.Length));
        }

        return new(text.ToString(), quoted.Contains(true) ? [.. quoted] : [], ignoreCase);
    }

    private static IEnumerable<Piece> PiecesOf(string text, Syntax syntax)
    {
        var rest = 0;
        while (rest < text.Length)
        {
            var start = syntax.Variables ? text.IndexOf("${", rest, StringComparison.Ordinal) : -1;
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                yield return new(text[rest..], syntax.Wildcards);
                yield break;
            }

            if (start > rest)
            {
                yield return new(text[rest..start], syntax.Wildcards);
            }

            yield return Variable(text[(start + 2)..end]);
            rest = end + 1;
        }
    }

    private static Piece Variable(string name)
    {
        if (name is "*" or "?" or "$")
        {
            return new(name, HasWildcards: false);
        }

        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma < 0
            ? new(name.Trim(), HasWildcards: false, IsVariable: true)
            : new(name[..comma].Trim(), HasWildcards: false, IsVariable: true, Unquote(name[(comma + 1)..].Trim()));
    }

    private static string? Unquote(string text) => text is ['\'', .. var inner, '\''] ? inner : null;

    private readonly record struct Piece(string Text, bool HasWildcards, bool IsVariable = false, string? Default = null);
}
