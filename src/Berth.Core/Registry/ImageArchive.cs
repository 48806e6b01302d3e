using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>
/// Into the archive and out of it, inside a transaction: the one place where an image's status changes, and with it all that
/// follows from it in rows. Bytes are not touched here; which blobs may have to move is left in their rows
/// (<see cref="ArchivedLayers"/>) for the job that moves them.
/// </summary>
internal static class ImageArchive
{
    private const int AtOnce = 500;

    private const string NotInLiveIndex =
        """
        NOT EXISTS (SELECT 1 FROM descriptor d WHERE d.repository_id = @repository AND d.target = image.digest
                                                 AND d.role = 'image' AND NOT d.archived)
        """;

    /// <summary>
    /// Archives an image and its referrers, theirs too, except those that an index lists which stays. False, and nothing is
    /// changed, when the image is not there or not active, or an index lists it that is not archived.
    /// </summary>
    internal static async Task<bool> ArchiveAsync(Transaction tx, string repositoryKey, string digest, long now)
    {
        var at = new { repository = repositoryKey, digest, now };
        var image = await tx.QueryAsync<string>(
            $"""
            UPDATE image SET status = 'ARCHIVED', archived_at = @now
             WHERE repository_id = @repository AND digest = @digest AND status = 'ACTIVE' AND {NotInLiveIndex}
            RETURNING digest
            """,
            at);
        if (image.Count == 0)
        {
            return false;
        }

        // First the image itself: a referrer may be listed by it.
        await FollowIntoAsync(tx, repositoryKey, image, now);
        var referrers = await tx.QueryAsync<string>(
            $"""
            WITH RECURSIVE referrer(digest) AS (
                SELECT digest FROM image WHERE repository_id = @repository AND digest = @digest
                UNION
                SELECT image.digest FROM referrer s JOIN image ON image.repository_id = @repository AND image.subject = s.digest
                 WHERE image.status = 'ACTIVE' AND {NotInLiveIndex})
            UPDATE image SET status = 'ARCHIVED', archived_at = @now
             WHERE repository_id = @repository AND status = 'ACTIVE' AND digest IN (SELECT digest FROM referrer)
            RETURNING digest
            """,
            at);
        await FollowIntoAsync(tx, repositoryKey, referrers, now);
        return true;
    }

    /// <summary>
    /// Begins to bring an image back, and with it what makes it whole: the images that it lists and the referrers that were
    /// archived. They are active when <see cref="FinishAsync"/> says so. Returns how many images count against the quota of
    /// the repository then; null, and nothing is changed, when the image is not archived.
    /// </summary>
    internal static async Task<int?> ActivateAsync(Transaction tx, string repositoryKey, string digest)
    {
        var images = await tx.QueryAsync<string>(
            """
            WITH RECURSIVE whole(digest) AS (
                SELECT digest FROM image WHERE repository_id = @repository AND digest = @digest AND status = 'ARCHIVED'
                UNION
                SELECT i.digest FROM whole w JOIN image i ON i.repository_id = @repository AND i.status = 'ARCHIVED'
                 WHERE i.subject = w.digest
                    OR i.digest IN (SELECT d.target FROM descriptor d
                                     WHERE d.repository_id = @repository AND d.image = w.digest AND d.role = 'image'))
            UPDATE image SET status = 'ACTIVATING' WHERE repository_id = @repository AND digest IN (SELECT digest FROM whole)
            RETURNING digest
            """,
            new { repository = repositoryKey, digest });
        foreach (var some in images.Chunk(AtOnce))
        {
            var list = new ValueList("image", some);
            await tx.ExecuteAsync(
                $"UPDATE descriptor SET archived = FALSE WHERE repository_id = @repository AND image IN {list}",
                list.With(new { repository = repositoryKey }));
            await ArchivedLayers.NeedAsync(tx, repositoryKey, list);
        }

        return images.Count > 0 ? await CountAsync(tx, repositoryKey, images.Count) : null;
    }

    /// <summary>Ends what <see cref="ActivateAsync"/> began; its bytes are back. False when the image is not being activated.</summary>
    internal static async Task<bool> FinishAsync(Transaction tx, string repositoryKey, string digest, long now)
    {
        var at = new { repository = repositoryKey, digest, now };
        var finished = await tx.ExecuteAsync(
            """
            UPDATE image SET status = 'ACTIVE', activated_at = @now
             WHERE repository_id = @repository AND digest = @digest AND status = 'ACTIVATING'
            """,
            at);
        if (finished == 0)
        {
            return false;
        }

        await tx.ExecuteAsync("UPDATE tag SET active = TRUE WHERE repository_id = @repository AND digest = @digest", at);
        return true;
    }

    /// <summary>Archives anew an image that was inserted without counting against the quota.</summary>
    internal static async Task PutBackAsync(Transaction tx, string repositoryKey, string digest, long now)
    {
        await tx.ExecuteAsync(
            "UPDATE image SET status = 'ARCHIVED', archived_at = @now WHERE repository_id = @repository AND digest = @digest",
            new { repository = repositoryKey, digest, now });
        await MarkAsync(tx, repositoryKey, [digest], now);
    }

    private static async Task FollowIntoAsync(Transaction tx, string repositoryKey, IReadOnlyList<string> images, long now)
    {
        await MarkAsync(tx, repositoryKey, images, now);
        await CountAsync(tx, repositoryKey, -images.Count);
    }

    private static async Task MarkAsync(Transaction tx, string repositoryKey, IReadOnlyList<string> images, long now)
    {
        foreach (var some in images.Chunk(AtOnce))
        {
            var list = new ValueList("image", some);
            var at = list.With(new { repository = repositoryKey });
            await tx.ExecuteAsync($"UPDATE descriptor SET archived = TRUE WHERE repository_id = @repository AND image IN {list}", at);
            await tx.ExecuteAsync($"UPDATE tag SET active = FALSE WHERE repository_id = @repository AND digest IN {list}", at);
            await ArchivedLayers.LeaveAsync(tx, repositoryKey, list, now);
        }
    }

    // Archived images do not count against the quota of images in a repository.
    private static Task<int> CountAsync(Transaction tx, string repositoryKey, int more) => tx.FindAsync<int>(
        "UPDATE repository SET image_count = image_count + @more WHERE id = @repository RETURNING image_count",
        new { repository = repositoryKey, more });
}
