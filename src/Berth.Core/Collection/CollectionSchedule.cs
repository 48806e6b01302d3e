using Berth.Jobs;
using Berth.Storage.Rows;

namespace Berth.Collection;

/// <summary>Sees to it that the recurring jobs of collection exist.</summary>
public sealed class CollectionSchedule(Database database, JobQueue jobs, TimeProvider time)
{
    private static readonly TimeSpan SettleDown = TimeSpan.FromMinutes(1);

    /// <summary>Enqueues them; those that wait already keep their time. The sweep reads the whole store, so it lets a start settle.</summary>
    public Task EnsureAsync(CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var due = time.GetUtcNow() + SettleDown;
                await jobs.EnqueueAsync(tx, new CollectGarbage(), due, CollectGarbage.Key);
                await jobs.EnqueueAsync(tx, new EmptyRecycleBin(), due, EmptyRecycleBin.Key);
                await jobs.EnqueueAsync(tx, new SweepStore(), due, SweepStore.Key);
            },
            cancel);
}
