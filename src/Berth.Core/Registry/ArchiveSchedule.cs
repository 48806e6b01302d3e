using Berth.Jobs;
using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>Sees to it that the jobs of the archive exist: what is due is in rows, and is done after every start.</summary>
public sealed class ArchiveSchedule(Database database, JobQueue jobs)
{
    /// <summary>Enqueues them.</summary>
    public Task EnsureAsync(CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                await jobs.EnqueueAsync(tx, new MoveBlobs(), key: MoveBlobs.Key);
                await jobs.EnqueueAsync(tx, new ActivateImages(), key: ActivateImages.Key);
            },
            cancel);
}
