using System.Collections.Immutable;

namespace Berth.Policy.Patterns;

/// <summary>
/// An ARN with wildcards. Its six parts are matched one by one, so that a wildcard never reaches over a colon, except in
/// the last part, which may hold colons itself.
/// </summary>
internal sealed class ArnPattern
{
    private const int Parts = 6;
    private const string Prefix = "arn:";

    private readonly ImmutableArray<Template> parts;
    private readonly Template? whole;

    private ArnPattern(ImmutableArray<Template> parts, Template? whole)
    {
        this.parts = parts;
        this.whole = whole;
    }

    /// <summary>A pattern of a Resource element: <c>*</c>, or an ARN whose missing parts may be anything; null otherwise.</summary>
    public static ArnPattern? FindResource(string text, bool variables)
    {
        if (text is "*")
        {
            return new([], Template.Parse(text, new(Wildcards: true, Variables: false)));
        }

        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        // AWS fills in variables after the fifth colon only; before, they are text, which no ARN has.
        var texts = Split(text);
        texts.AddRange(Enumerable.Repeat("*", Parts - texts.Count));
        return Create(texts, part => variables && part == Parts - 1);
    }

    /// <summary>A pattern of an ARN condition: a complete ARN with variables anywhere; null otherwise.</summary>
    public static ArnPattern? FindCondition(string text, bool variables) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Split(text) is { Count: Parts } texts ? Create(texts, _ => variables) : null;

    public bool Matches(string arn, RequestContext context)
    {
        if (whole is not null)
        {
            return whole.Matches(arn, context);
        }

        ReadOnlySpan<char> rest = arn;
        foreach (var part in parts.AsSpan()[..^1])
        {
            var colon = rest.IndexOf(':');
            if (colon < 0 || !part.Matches(rest[..colon], context))
            {
                return false;
            }

            rest = rest[(colon + 1)..];
        }

        return parts[^1].Matches(rest, context);
    }

    /// <summary>Without a wildcard before its last part's end, an ARN is matched as one text, which is much the cheapest.</summary>
    private static ArnPattern Create(List<string> texts, Func<int, bool> hasVariables)
    {
        var templates = texts.Select((text, index) => Template.Parse(text, new(Wildcards: true, hasVariables(index)))).ToImmutableArray();
        var joined = string.Join(':', texts);
        var isSimple = joined.AsSpan().IndexOfAny('*', '?') is var wildcard
            && (wildcard < 0 || (wildcard == joined.Length - 1 && joined[wildcard] == '*'))
            && templates.All(template => template.IsReady);
        return new(templates, isSimple ? Template.Parse(joined, new(Wildcards: true, hasVariables(Parts - 1))) : null);
    }

    /// <summary>Cuts at the first five colons outside of variables.</summary>
    private static List<string> Split(string text)
    {
        var texts = new List<string>(Parts);
        var (start, inVariable) = (0, false);
        for (var i = 0; i < text.Length && texts.Count < Parts - 1; i++)
        {
            inVariable = inVariable ? text[i] != '}' : text.AsSpan(i).StartsWith("${");
            if (text[i] == ':' && !inVariable)
            {
                texts.Add(text[start..i]);
                start = i + 1;
            }
        }

        texts.Add(text[start..]);
        return texts;
    }
}
