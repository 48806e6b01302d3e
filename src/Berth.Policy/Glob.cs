namespace Berth.Policy;

/// <summary>
/// Wildcard matching over whole strings, as IAM and ECR define it: <c>*</c> is any run of characters, also none, and
/// where asked for, <c>?</c> is any one. Linear in practice, quadratic at worst, never recursive.
/// </summary>
public static class Glob
{
    /// <summary>Whether <paramref name="text"/> as a whole matches <paramref name="pattern"/>; case counts.</summary>
    /// <param name="pattern">Text with wildcards; nothing escapes one.</param>
    /// <param name="text">What to match.</param>
    /// <param name="questionMark">Whether <c>?</c> is a wildcard (IAM) or itself (ECR's tag filters).</param>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool questionMark = true) =>
        IsMatch(pattern, text, questionMark, quoted: []);

    /// <summary>As the other, with characters that stand for themselves although they look like wildcards.</summary>
    /// <param name="pattern">Text with wildcards.</param>
    /// <param name="text">What to match.</param>
    /// <param name="questionMark">Whether <c>?</c> is a wildcard.</param>
    /// <param name="quoted">For each character of the pattern whether it is itself; empty when none is quoted.</param>
    internal static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool questionMark, ReadOnlySpan<bool> quoted)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && IsWildcard(pattern, quoted, p, '*'))
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == text[t] || (questionMark && IsWildcard(pattern, quoted, p, '?'))))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more; earlier stars need never be revisited.
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && IsWildcard(pattern, quoted, p, '*'))
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool IsWildcard(ReadOnlySpan<char> pattern, ReadOnlySpan<bool> quoted, int index, char wildcard) =>
        pattern[index] == wildcard && (quoted.IsEmpty || !quoted[index]);
}
