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
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool questionMark = true)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == text[t] || (questionMark && pattern[p] == '?')))
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

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
