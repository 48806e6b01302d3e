using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>
/// Keeps it true of layers that one is archived exactly while all images that refer to it are, and notes in the rows of
/// blobs that they may lie in the wrong class of storage. Each statement costs what the images given refer to, however many
/// others refer to the same.
/// </summary>
internal static class ArchivedLayers
{
    private const string Blobs = "SELECT target FROM descriptor WHERE repository_id = @repository AND role = 'blob' AND image IN";

    /// <summary>
    /// To be called when images were archived, or are about to be deleted while their descriptors are still there. What only
    /// archived images of whatever repository have then is due to be moved.
    /// </summary>
    public static async Task LeaveAsync(Transaction tx, string repositoryKey, ValueList images, long now)
    {
        await tx.ExecuteAsync(
            $"""
            UPDATE layer SET archived = TRUE
             WHERE repository_id = @repository AND NOT archived AND unreferenced_at IS NULL AND digest IN ({Blobs} {images})
               AND NOT EXISTS (SELECT 1 FROM descriptor d
                                WHERE d.repository_id = @repository AND d.target = layer.digest AND d.role = 'blob'
                                  AND NOT d.archived AND d.image NOT IN {images})
            """,
            images.With(new { repository = repositoryKey }));
        await tx.ExecuteAsync(
            $"""
            UPDATE blob SET review_at = @now
             WHERE (scope, digest) IN (SELECT l.scope, l.digest FROM layer l
                                        WHERE l.repository_id = @repository AND l.archived AND l.digest IN ({Blobs} {images}))
               AND NOT EXISTS (SELECT 1 FROM layer l WHERE l.scope = blob.scope AND l.digest = blob.digest AND NOT l.archived)
            """,
            images.With(new { repository = repositoryKey, now }));
    }

    /// <summary>To be called when a repository has lost a layer: it may have been the last that needed the bytes at hand.</summary>
    public static Task LoseAsync(Transaction tx, string scope, string digest, long now) => tx.ExecuteAsync(
        """
        UPDATE blob SET review_at = @now
         WHERE scope = @scope AND digest = @digest
           AND EXISTS (SELECT 1 FROM layer l WHERE l.scope = @scope AND l.digest = @digest AND l.archived)
           AND NOT EXISTS (SELECT 1 FROM layer l WHERE l.scope = @scope AND l.digest = @digest AND NOT l.archived)
        """,
        new { scope, digest, now });

    /// <summary>To be called when images are archived no longer.</summary>
    public static Task NeedAsync(Transaction tx, string repositoryKey, ValueList images) => tx.ExecuteAsync(
        $"UPDATE layer SET archived = FALSE WHERE repository_id = @repository AND archived AND digest IN ({Blobs} {images})",
        images.With(new { repository = repositoryKey }));
}
