using Berth.Jobs;
using Berth.Storage.Rows;

namespace Berth.Trail.Export;

/// <summary>Sees to it that the recurring jobs of the trail exist.</summary>
public sealed class TrailSchedule(Database database, JobQueue jobs, TrailSettings settings, TimeProvider time)
{
    private static readonly TimeSpan SettleDown = TimeSpan.FromMinutes(2);

    /// <summary>Enqueues them; those that wait already keep their time, but for an export that is to come sooner now.</summary>
    public Task EnsureAsync(CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            await jobs.EnqueueAsync(tx, new ForgetTrail(), now + SettleDown, ForgetTrail.Key);
            if (settings.Export is not null)
            {
                var first = settings.ExportInterval < SettleDown ? settings.ExportInterval : SettleDown;
                await jobs.EnqueueAsync(tx, new ExportTrail(), now + first, ExportTrail.Key);
            }
        },
        cancel);
}
