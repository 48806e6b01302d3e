using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>A layer's row together with its blob's.</summary>
internal sealed record LayerRow
{
    public string Scope { get; init; } = "";
    public string Digest { get; init; } = "";
    public string Id { get; init; } = "";
    public long Size { get; init; }
    public byte[] WrappedKey { get; init; } = [];
    public string StorageClass { get; init; } = "";
    public bool Archived { get; init; }
    public long? UnreferencedAt { get; init; }
    public bool Held { get; init; }
    public string? MediaType { get; init; }

    public Layer ToLayer(Repository repository) => new(
        repository,
        new(new(new(Scope), Vocabulary.Digest.Parse(Digest), Guid.ParseExact(Id, "D"), StorageClassNames.FromWire(StorageClass)), Size, WrappedKey),
        UnreferencedAt is null)
    {
        IsArchived = Archived,
        MediaType = MediaType,
    };

    public static Task<LayerRow?> FindAsync(RowReader rows, Repository repository, Digest digest) => rows.FindAsync<LayerRow>(
        """
        SELECT b.scope, b.digest, b.id, b.size, b.wrapped_key, b.storage_class, l.archived, l.unreferenced_at, l.held,
               (SELECT d.media_type FROM descriptor d
                 WHERE d.repository_id = l.repository_id AND d.target = l.digest AND d.role = 'blob' LIMIT 1) AS media_type
          FROM layer l JOIN blob b ON b.scope = l.scope AND b.digest = l.digest
         WHERE l.repository_id = @repository AND l.digest = @digest
        """,
        new { repository = repository.Key, digest = digest.ToString() });

    /// <summary>
    /// Gives a repository a blob that is stored under the repository's scope. One that no image refers to yet gets its
    /// grace period anew. Says whether the repository had it already; an archived one it has not at hand.
    /// </summary>
    public static async Task<bool> LinkAsync(Transaction tx, Repository repository, Digest digest, long size, long now)
    {
        var at = new { repository = repository.Key, digest = digest.ToString(), scope = repository.Scope.Name, size, now };
        var isNew = await tx.ExecuteAsync(
            """
            INSERT INTO layer (repository_id, digest, scope, size, unreferenced_at) VALUES (@repository, @digest, @scope, @size, @now)
                ON CONFLICT (repository_id, digest) DO NOTHING
            """,
            at) > 0;
        if (!isNew)
        {
            await RenewAsync(tx, at);
        }

        await tx.ExecuteAsync("UPDATE blob SET orphaned_at = NULL WHERE scope = @scope AND digest = @digest AND orphaned_at IS NOT NULL", at);
        return !isNew && await tx.FindAsync<string>(
            "SELECT digest FROM layer WHERE repository_id = @repository AND digest = @digest AND archived", at) is null;
    }

    /// <summary>Takes a layer from a repository; with the last one its blob is the collector's.</summary>
    public static async Task UnlinkAsync(Transaction tx, string repositoryKey, string scope, string digest, long now)
    {
        var at = new { repository = repositoryKey, scope, digest, now };
        await tx.ExecuteAsync("DELETE FROM layer WHERE repository_id = @repository AND digest = @digest", at);
        await tx.ExecuteAsync(
            """
            UPDATE blob SET orphaned_at = @now
             WHERE scope = @scope AND digest = @digest
               AND NOT EXISTS (SELECT 1 FROM layer WHERE layer.scope = @scope AND layer.digest = @digest)
            """,
            at);
        await ArchivedLayers.LoseAsync(tx, scope, digest, now);
    }

    public static Task RenewAsync(Transaction tx, object at) => tx.ExecuteAsync(
        """
        UPDATE layer SET unreferenced_at = @now
         WHERE repository_id = @repository AND digest = @digest AND unreferenced_at IS NOT NULL
        """,
        at);
}
