using Berth.Identity.Entities;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Shapes;

/// <summary>Listings whose length a quota bounds: they are read whole, and answered in pages all the same.</summary>
internal static class ShortList
{
    /// <summary>The page of a list that is ordered by <paramref name="keyOf"/>, character by character.</summary>
    public static Task<MarkedPage<T>> PageAsync<T>(PageTokens tokens, MarkedQuestion asked, Func<T, string> keyOf, IReadOnlyList<T> all) =>
        Markers.ReadAsync(tokens, asked, keyOf, (after, limit) => Task.FromResult<IReadOnlyList<T>>(
            [.. all.SkipWhile(row => string.CompareOrdinal(keyOf(row), after ?? "") <= 0).Take(limit)]));

    /// <summary>The page of an entity's tags.</summary>
    public static Task<MarkedPage<EntityTag>> PageAsync(PageTokens tokens, MarkedQuestion asked, IReadOnlyList<EntityTag> tags) =>
        PageAsync(tokens, asked, tag => tag.Key.ToLowerInvariant(), tags);
}
