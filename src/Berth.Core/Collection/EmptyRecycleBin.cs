using Berth.Jobs;
using Berth.Registry;

namespace Berth.Collection;

/// <summary>Deleted images that can be taken back no longer are to be given up, again and again.</summary>
public sealed record EmptyRecycleBin : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "empty-recycle-bin";
}

/// <summary>
/// Gives up what has been in the recycle bin long enough. Where the bin is off that is everything, so it runs nevertheless;
/// and it runs again however often it failed, as nobody else would free what the bin holds.
/// </summary>
public sealed class EmptyRecycleBinHandler(RecycledImages images, Retention retention, TimeProvider time) : JobHandler<EmptyRecycleBin>
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override int MaxAttempts => int.MaxValue;

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(EmptyRecycleBin job, CancellationToken cancel)
    {
        await images.ExpireAsync(time.GetUtcNow() - retention.RecycleBin, cancel);
        return time.GetUtcNow() + Interval;
    }
}
