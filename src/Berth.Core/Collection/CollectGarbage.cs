using Berth.Jobs;
using Berth.Registry;

namespace Berth.Collection;

/// <summary>Uploads that were given up and layers that no image refers to are to be collected, again and again.</summary>
public sealed record CollectGarbage : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "collect-garbage";
}

/// <summary>Collects what the grace periods have released; a run that is cut short leaves the rest to the next.</summary>
public sealed class CollectGarbageHandler(Collector collector, Retention retention, TimeProvider time) : JobHandler<CollectGarbage>
{
    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(CollectGarbage job, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await collector.ExpireUploadsAsync(now - retention.UploadExpiry, cancel);
        await collector.FreeLayersAsync(now - retention.Grace, cancel);
        return now + retention.CollectionInterval;
    }
}
