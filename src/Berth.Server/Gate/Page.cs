namespace Berth.Server.Gate;

/// <summary>A page of rows.</summary>
/// <param name="Rows">The rows that fit.</param>
/// <param name="HasMore">Whether others follow.</param>
internal sealed record Page<T>(IReadOnlyList<T> Rows, bool HasMore)
{
    /// <summary>Takes a page from rows of which one more than fits was asked for.</summary>
    public static Page<T> Of(IReadOnlyList<T> found, int size) =>
        found.Count > size ? new([.. found.Take(size)], HasMore: true) : new(found, HasMore: false);
}
