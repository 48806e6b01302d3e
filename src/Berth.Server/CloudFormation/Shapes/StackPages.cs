using Berth.Server.Gate;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A page of a listing of CloudFormation.</summary>
/// <param name="Rows">What is on it.</param>
/// <param name="NextToken">Where the next begins; null on the last.</param>
internal sealed record StackPage<T>(IReadOnlyList<T> Rows, string? NextToken);

/// <summary>How CloudFormation's lists come in pages, whose size is its own.</summary>
internal static class StackPages
{
    private const int Size = 100;

    /// <summary>Reads a page.</summary>
    /// <param name="tokens">Makes and reads page tokens.</param>
    /// <param name="question">All that the answer depends on but the place in it.</param>
    /// <param name="token">As the page before it said; null for the first.</param>
    /// <param name="keyOf">By what rows are ordered.</param>
    /// <param name="list">Rows after a key, at most so many.</param>
    public static async Task<StackPage<T>> ReadAsync<T>(
        PageTokens tokens, IReadOnlyList<string> question, string? token, Func<T, string> keyOf, Func<string?, int, Task<IReadOnlyList<T>>> list)
    {
        var page = Page<T>.Of(await list(tokens.Read(question, token)?[0], Size + 1), Size);
        return new(page.Rows, page.HasMore ? tokens.Issue(question, keyOf(page.Rows[^1])) : null);
    }
}
