using Berth.Storage.Rows;

namespace Berth.Identity;

/// <summary>Where a key was used.</summary>
/// <param name="Service">The service it signed for, such as <c>ecr</c>.</param>
/// <param name="Region">The Region it signed for.</param>
public sealed record AccessKeyUse(string Service, string Region);

/// <summary>Records when and where keys were last good, to some minutes.</summary>
public sealed class AccessKeyUses(Database database, TimeProvider time)
{
    /// <summary>For how long further uses of a key go unwritten.</summary>
    public static readonly TimeSpan Interval = SparseWrites.Interval;

    private readonly SparseWrites writes = new(database, time);

    /// <summary>The last write that was begun; tests wait for it.</summary>
    internal Task Writing => writes.Writing;

    /// <summary>Takes note of a use. Costs a look-up in memory, save for the first use in a while.</summary>
    public void Note(string keyId, AccessKeyUse use) => writes.Note(keyId, use, WriteAsync);

    // A key that is gone meanwhile gets no row. A key the host gave has none of its own, nor one here.
    private static Task WriteAsync(Transaction tx, SparseWrite<AccessKeyUse> use) => tx.ExecuteAsync(
        """
        INSERT INTO access_key_use (id, used_at, service, region)
        SELECT k.id, @now, @Service, @Region FROM access_key k WHERE k.id = @keyId
            ON CONFLICT (id) DO UPDATE SET used_at = @now, service = @Service, region = @Region
        """,
        new { keyId = use.Id, now = use.Moment, use.Detail.Service, use.Detail.Region });
}
