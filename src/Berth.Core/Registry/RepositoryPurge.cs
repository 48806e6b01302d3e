using Berth.Storage.Blobs;
using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>
/// Takes a deleted repository's contents apart, in small transactions so that nobody waits for it. Killed in the middle
/// it goes on where it was: what is gone is not there to be taken again.
/// </summary>
public sealed class RepositoryPurge(Database database, SealedBlobs blobs, UploadSessions sessions, TimeProvider time)
{
    private const int AtOnce = 200;

    private readonly RecycledImages recycled = new(database);

    /// <summary>Purges the repository of that key. Its layers go to the collector, with a grace period of their own.</summary>
    public async Task RunAsync(string repositoryKey, CancellationToken cancel)
    {
        while (await RemoveImagesAsync(repositoryKey, cancel))
        {
        }

        while (await recycled.ForgetSomeAsync(repositoryKey, cancel))
        {
        }

        while (await UnlinkLayersAsync(repositoryKey, cancel))
        {
        }

        while (await ForgetPlansAsync(repositoryKey, cancel))
        {
        }

        await DiscardUploadsAsync(repositoryKey, cancel);
        await database.WriteAsync(
            async tx =>
            {
                var at = new { repository = repositoryKey };
                await tx.ExecuteAsync("DELETE FROM resource_tag WHERE repository_id = @repository", at);
                await tx.ExecuteAsync("DELETE FROM repository_policy WHERE repository_id = @repository", at);
                await tx.ExecuteAsync("DELETE FROM lifecycle_plan WHERE repository_id = @repository", at);
                await tx.ExecuteAsync("DELETE FROM lifecycle_policy WHERE repository_id = @repository", at);
                await tx.ExecuteAsync("DELETE FROM repository WHERE id = @repository", at);
            },
            cancel);
    }

    private Task<bool> RemoveImagesAsync(string repositoryKey, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var digests = await tx.QueryAsync<string>(
                    "SELECT digest FROM image WHERE repository_id = @repositoryKey LIMIT @AtOnce", new { repositoryKey, AtOnce });
                foreach (var digest in digests)
                {
                    await ImageDeletion.RemoveAsync(tx, repositoryKey, digest, recycling: null, Now);
                }

                return digests.Count == AtOnce;
            },
            cancel);

    // A layer whose repository is gone can be relied on by nobody, so only its blob waits for the collector.
    private Task<bool> UnlinkLayersAsync(string repositoryKey, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var layers = await tx.QueryAsync<LayerRow>(
                    "SELECT scope, digest FROM layer WHERE repository_id = @repositoryKey LIMIT @AtOnce", new { repositoryKey, AtOnce });
                foreach (var layer in layers)
                {
                    await LayerRow.UnlinkAsync(tx, repositoryKey, layer.Scope, layer.Digest, Now);
                }

                return layers.Count == AtOnce;
            },
            cancel);

    private Task<bool> ForgetPlansAsync(string repositoryKey, CancellationToken cancel) =>
        database.WriteAsync(
            async tx => await tx.ExecuteAsync(
                """
                DELETE FROM lifecycle_result
                 WHERE (plan_id, position) IN (
                       SELECT r.plan_id, r.position FROM lifecycle_plan p JOIN lifecycle_result r ON r.plan_id = p.id
                        WHERE p.repository_id = @repositoryKey LIMIT @AtOnce)
                """,
                new { repositoryKey, AtOnce }) == AtOnce,
            cancel);

    private async Task DiscardUploadsAsync(string repositoryKey, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(
            reader => reader.QueryAsync<UploadRow>(
                "SELECT id, staged_id FROM upload WHERE repository_id = @repositoryKey", new { repositoryKey }),
            cancel);
        await UploadRow.DiscardAsync(rows, database, blobs, sessions, cancel);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
