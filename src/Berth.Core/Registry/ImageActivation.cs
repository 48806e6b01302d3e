using System.Runtime.ExceptionServices;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An image has come back out of the archive: what the service's event <c>ImageActivationEvent</c> tells of it.</summary>
/// <param name="Repository">Its repository.</param>
/// <param name="Digest">Its digest.</param>
public sealed record ImageActivated(RepositoryId Repository, Digest Digest)
{
    /// <summary>Where its bytes were to go.</summary>
    public string TargetStorageClass { get; } = "STANDARD";

    /// <summary>An event of a failure is not known; one that fails is tried again.</summary>
    public string Result { get; } = "SUCCESS";

    /// <summary>Its status from now on.</summary>
    public string ImageStatus { get; } = Registry.ImageStatus.Active.Wire();
}

/// <summary>
/// Ends the restores that were begun: an image's bytes are brought back, and then it is active. Killed in the middle it goes
/// on where it was, as what is back is not fetched again.
/// </summary>
/// <param name="database">The rows.</param>
/// <param name="moves">Brings bytes back.</param>
/// <param name="finished">Records the end of a restore, in its transaction.</param>
/// <param name="time">Tells when that is.</param>
public sealed class ImageActivation(
    Database database, BlobMoves moves, Func<Transaction, ImageActivated, Task> finished, TimeProvider time)
{
    private const int AtOnce = 100;

    /// <summary>
    /// Ends every restore. One that fails does not hold up the others; the first failure is thrown at the end. An index
    /// waits for the images that it lists, so there are passes until one ends nothing.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        ExceptionDispatchInfo? failure;
        int ended;
        do
        {
            (ended, failure) = await PassAsync(cancel);
        }
        while (ended > 0);
        failure?.Throw();
    }

    private async Task<(int Ended, ExceptionDispatchInfo? Failure)> PassAsync(CancellationToken cancel)
    {
        var (ended, last, failure) = (0, new Activating(), (ExceptionDispatchInfo?)null);
        while (await PageAsync(last, cancel) is { Count: > 0 } page)
        {
            foreach (var image in page)
            {
                try
                {
                    ended += await FinishAsync(image, cancel) ? 1 : 0;
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    failure ??= ExceptionDispatchInfo.Capture(error);
                }
            }

            last = page[^1];
        }

        return (ended, failure);
    }

    private Task<IReadOnlyList<Activating>> PageAsync(Activating last, CancellationToken cancel) => database.ReadAsync(
        rows => rows.QueryAsync<Activating>(
            """
            SELECT repository_id, digest FROM image
             WHERE status = 'ACTIVATING' AND (repository_id, digest) > (@RepositoryId, @Digest)
             ORDER BY repository_id, digest LIMIT @AtOnce
            """,
            new { last.RepositoryId, last.Digest, AtOnce }),
        cancel);

    private async Task<bool> FinishAsync(Activating image, CancellationToken cancel)
    {
        await moves.BringBackAsync(await database.ReadAsync(rows => ArchivedAsync(rows, image), cancel), cancel);
        return await database.WriteAsync(
            async tx =>
            {
                // Between the two it may have been pushed, archived or deleted.
                if (await Repositories.FindAsync(tx, image.RepositoryId) is not { } repository
                    || (await ArchivedAsync(tx, image)).Count > 0
                    || await WaitsForAnotherAsync(tx, image)
                    || !await ImageArchive.FinishAsync(tx, image.RepositoryId, image.Digest, time.GetUtcNow().ToUnixTimeMilliseconds()))
                {
                    return false;
                }

                await finished(tx, new(repository.Id, Digest.Parse(image.Digest)));
                return true;
            },
            cancel);
    }

    private static Task<IReadOnlyList<BlobRow>> ArchivedAsync(RowReader rows, Activating image) => rows.QueryAsync<BlobRow>(
        """
        SELECT b.scope, b.digest FROM descriptor d
          JOIN layer l ON l.repository_id = d.repository_id AND l.digest = d.target
          JOIN blob b ON b.scope = l.scope AND b.digest = l.digest
         WHERE d.repository_id = @RepositoryId AND d.image = @Digest AND d.role = 'blob' AND b.storage_class = 'ARCHIVE'
        """,
        image);

    private static async Task<bool> WaitsForAnotherAsync(RowReader rows, Activating image) => await rows.FindAsync<string>(
        """
        SELECT i.digest FROM descriptor d JOIN image i ON i.repository_id = d.repository_id AND i.digest = d.target
         WHERE d.repository_id = @RepositoryId AND d.image = @Digest AND d.role = 'image' AND i.status = 'ACTIVATING' LIMIT 1
        """,
        image) is not null;

    private sealed record Activating
    {
        public string RepositoryId { get; init; } = "";
        public string Digest { get; init; } = "";
    }
}
