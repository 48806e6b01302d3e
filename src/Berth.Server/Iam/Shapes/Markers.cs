using Berth.Server.Gate;

namespace Berth.Server.Iam.Shapes;

/// <summary>A page of a listing of IAM.</summary>
/// <param name="Rows">What is on it.</param>
/// <param name="Marker">Where the next begins; null on the last.</param>
internal sealed record MarkedPage<T>(IReadOnlyList<T> Rows, string? Marker)
{
    /// <summary>Whether another follows.</summary>
    public bool IsTruncated => Marker is not null;
}

/// <summary>Which page is wanted.</summary>
/// <param name="Question">All that the answer depends on but the place in it.</param>
/// <param name="Marker">As the page before it said; null for the first.</param>
/// <param name="MaxItems">The most rows on it; null leaves it to IAM.</param>
internal readonly record struct MarkedQuestion(IReadOnlyList<string> Question, string? Marker, int? MaxItems);

/// <summary>How IAM's lists come in pages.</summary>
internal static class Markers
{
    /// <summary>The rows of a page whose size the request leaves open (IAM API Reference, MaxItems).</summary>
    private const int DefaultSize = 100;

    /// <summary>Reads a page.</summary>
    /// <param name="tokens">Makes and reads markers.</param>
    /// <param name="asked">Which page.</param>
    /// <param name="keyOf">By what rows are ordered.</param>
    /// <param name="list">Rows after a key, at most so many.</param>
    public static async Task<MarkedPage<T>> ReadAsync<T>(
        PageTokens tokens, MarkedQuestion asked, Func<T, string> keyOf, Func<string?, int, Task<IReadOnlyList<T>>> list)
    {
        var size = asked.MaxItems ?? DefaultSize;
        var after = tokens.Read(asked.Question, asked.Marker)?[0];
        var page = Page<T>.Of(await list(after, size + 1), size);
        return new(page.Rows, page.HasMore ? tokens.Issue(asked.Question, keyOf(page.Rows[^1])) : null);
    }
}
