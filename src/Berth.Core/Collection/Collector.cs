using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;

namespace Berth.Collection;

/// <summary>
/// Frees what nobody refers to, while pushes go on. It works from rows that say since when; it never scans images, and
/// it never decides and deletes in two steps: the row goes in the transaction that saw it unreferenced, and a blob pushed
/// again at that moment lies in another object (<see cref="BlobKey"/>).
/// </summary>
public sealed class Collector(Database database, SealedBlobs blobs, UploadSessions sessions, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Ends upload sessions that lie untouched since before a moment.</summary>
    public async Task<int> ExpireUploadsAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var expired = 0;
        while (true)
        {
            var uploads = await database.ReadAsync(
                rows => rows.QueryAsync<UploadRow>(
                    "SELECT id, staged_id FROM upload WHERE touched_at < @before ORDER BY touched_at LIMIT @AtOnce",
                    new { before = before.ToUnixTimeMilliseconds(), AtOnce }),
                cancel);
            if (uploads.Count == 0)
            {
                return expired;
            }

            await UploadRow.DiscardAsync(uploads, database, blobs, sessions, cancel);
            expired += uploads.Count;
        }
    }

    /// <summary>
    /// Takes from repositories the layers that no image refers to since before a moment, unless the recycle bin holds them, and
    /// deletes the bytes that no repository has any more.
    /// </summary>
    public async Task<Freed> FreeLayersAsync(DateTimeOffset before, CancellationToken cancel)
    {
        while (await UnlinkAsync(before.ToUnixTimeMilliseconds(), cancel))
        {
        }

        var freed = default(Freed);
        while (await DeleteOrphansAsync(cancel) is { Blobs: > 0 } some)
        {
            freed += some;
        }

        return freed;
    }

    /// <summary>
    /// Deletes objects of the store that no row knows, last written before a moment: what a crash left between the bytes
    /// and their row.
    /// </summary>
    public async Task<Freed> SweepAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var freed = default(Freed);
        await foreach (var objects in blobs.ListAsync(before, cancel).Chunk(AtOnce).WithCancellation(cancel))
        {
            var known = await KnownAsync(objects, cancel);
            foreach (var stray in objects.Where(found => !known.Contains(found.Id.ToString("D"))))
            {
                await (stray.Key is { } key ? blobs.DeleteAsync(key, cancel) : blobs.DiscardAsync(stray.Id, cancel));
                freed += new Freed(1, stray.Length);
            }
        }

        return freed;
    }

    private Task<bool> UnlinkAsync(long before, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var layers = await tx.QueryAsync<UnlinkedRow>(
                    """
                    SELECT repository_id, scope, digest FROM layer
                     WHERE unreferenced_at IS NOT NULL AND NOT held AND unreferenced_at < @before ORDER BY unreferenced_at LIMIT @AtOnce
                    """,
                    new { before, AtOnce });
                foreach (var layer in layers)
                {
                    await LayerRow.UnlinkAsync(tx, layer.RepositoryId, layer.Scope, layer.Digest, Now);
                }

                return layers.Count == AtOnce;
            },
            cancel);

    // The rows go first. Killed before the objects went, it leaves objects without rows, which the sweep takes.
    private async Task<Freed> DeleteOrphansAsync(CancellationToken cancel)
    {
        var orphans = await database.WriteAsync(
            tx => tx.QueryAsync<BlobRow>(
                """
                DELETE FROM blob WHERE id IN (SELECT id FROM blob WHERE orphaned_at IS NOT NULL LIMIT @AtOnce)
                RETURNING scope, digest, id, size, storage_class, spare_id
                """,
                new { AtOnce }),
            cancel);
        foreach (var orphan in orphans)
        {
            await blobs.DeleteAsync(orphan.Key, cancel);
            if (orphan.Spare is { } spare)
            {
                await blobs.DeleteEverywhereAsync(orphan.Key.Scope, orphan.Key.Digest, spare, cancel);
            }
        }

        return new(orphans.Count, orphans.Sum(orphan => orphan.Size));
    }

    private Task<HashSet<string>> KnownAsync(StoredObject[] objects, CancellationToken cancel)
    {
        var ids = new ValueList("id", [.. objects.Select(found => found.Id.ToString("D"))]);
        return database.ReadAsync(
            async rows =>
            {
                var known = await rows.QueryAsync<string>(
                    $"SELECT id FROM blob WHERE id IN {ids} UNION ALL SELECT staged_id FROM upload WHERE staged_id IN {ids}",
                    ids.With(new { }));
                return known.ToHashSet(StringComparer.Ordinal);
            },
            cancel);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record UnlinkedRow
    {
        public string RepositoryId { get; init; } = "";
        public string Scope { get; init; } = "";
        public string Digest { get; init; } = "";
    }
}

/// <summary>What a collection freed.</summary>
/// <param name="Blobs">Objects deleted.</param>
/// <param name="Bytes">Their bytes: a blob's plain length, a stray object's stored one.</param>
public readonly record struct Freed(int Blobs, long Bytes)
{
    /// <summary>Both together.</summary>
    public static Freed operator +(Freed left, Freed right) => new(left.Blobs + right.Blobs, left.Bytes + right.Bytes);

    /// <summary>Both together.</summary>
    public static Freed Add(Freed left, Freed right) => left + right;
}
