namespace Berth.Lifecycle;

/// <summary>A pattern of tags, taken apart once: <c>*</c> is any number of characters, and everything else is itself, case and all.</summary>
internal sealed class TagPattern
{
    private readonly string start;
    private readonly string end;
    private readonly string[] between;
    private readonly bool isExact;

    public TagPattern(string pattern)
    {
        var pieces = pattern.Split('*');
        isExact = pieces.Length == 1;
        start = pieces[0];
        end = pieces[^1];
        between = isExact ? [] : [.. pieces[1..^1].Where(piece => piece.Length > 0)];
    }

    public bool Matches(string tag)
    {
        if (isExact)
        {
            return string.Equals(tag, start, StringComparison.Ordinal);
        }

        if (tag.Length < start.Length + end.Length
            || !tag.StartsWith(start, StringComparison.Ordinal)
            || !tag.EndsWith(end, StringComparison.Ordinal))
        {
            return false;
        }

        // The leftmost place for each piece leaves the most room for the next.
        var rest = tag.AsSpan(start.Length, tag.Length - start.Length - end.Length);
        foreach (var piece in between)
        {
            var at = rest.IndexOf(piece, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + piece.Length)..];
        }

        return true;
    }
}
