using Berth.Jobs;
using Berth.Registry;

namespace Berth.Collection;

/// <summary>Objects that a crash left without a row are to be looked for, once a day.</summary>
public sealed record SweepStore : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "sweep-store";
}

/// <summary>Sweeps the store. Only objects older than every running upload can be strays, so the longer of both periods counts.</summary>
public sealed class SweepStoreHandler(Collector collector, Retention retention, TimeProvider time) : JobHandler<SweepStore>
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override TimeSpan TimeLimit => TimeSpan.FromHours(6);

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(SweepStore job, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var age = retention.Grace > retention.UploadExpiry ? retention.Grace : retention.UploadExpiry;
        await collector.SweepAsync(now - age, cancel);
        return now + Interval;
    }
}
