using Berth.Server.Gate;

namespace Berth.Server.Organizations.Shapes;

/// <summary>Which page of a listing is wanted.</summary>
/// <param name="Question">All that the answer depends on but the place in it.</param>
/// <param name="NextToken">As the page before it said; null for the first.</param>
/// <param name="MaxResults">The most rows on it.</param>
internal readonly record struct PageQuestion(IReadOnlyList<string> Question, string? NextToken, int? MaxResults);

/// <summary>A page with the token of the one that follows.</summary>
internal sealed record TokenPage<T>(IReadOnlyList<T> Rows, string? NextToken);

/// <summary>How Organizations' lists come in pages.</summary>
internal static class Pages
{
    private const int DefaultSize = 20;

    /// <summary>Reads a page of what is listed by a key.</summary>
    public static async Task<TokenPage<T>> ReadAsync<T>(
        PageTokens tokens, PageQuestion asked, Func<string?, int, Task<IReadOnlyList<T>>> list, Func<T, string> keyOf)
    {
        var size = asked.MaxResults ?? DefaultSize;
        var page = Page<T>.Of(await list(tokens.Read(asked.Question, asked.NextToken)?[0], size + 1), size);
        return new(page.Rows, page.HasMore ? tokens.Issue(asked.Question, keyOf(page.Rows[^1])) : null);
    }
}
