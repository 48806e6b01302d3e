using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>Taking images into the archive.</summary>
internal static class ImageArchive
{
    /// <summary>Archives an image that can be pulled; says whether there was one.</summary>
    internal static async Task<bool> ArchiveAsync(Transaction tx, string repositoryKey, string digest, long now) =>
        await tx.ExecuteAsync(
            """
            UPDATE image SET status = 'ARCHIVED', archived_at = @now
             WHERE repository_id = @repositoryKey AND digest = @digest AND status = 'ACTIVE'
            """,
            new { repositoryKey, digest, now }) > 0;
}
