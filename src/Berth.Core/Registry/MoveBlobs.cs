using Berth.Jobs;

namespace Berth.Registry;

/// <summary>Blobs that only archived images have are to be moved to the archive, and those that are needed again out of it.</summary>
public sealed record MoveBlobs : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "move-blobs";
}

/// <summary>
/// Moves blobs, and comes back after a while: rows say what is due, so whoever archives an image need not know of the job,
/// and a run that is cut short leaves the rest to the next.
/// </summary>
public sealed class MoveBlobsHandler(BlobMoves moves, TimeProvider time) : JobHandler<MoveBlobs>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override TimeSpan TimeLimit => TimeSpan.FromHours(6);

    // A disk that is full or away is waited for.
    /// <inheritdoc/>
    public override int MaxAttempts => int.MaxValue;

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(MoveBlobs job, CancellationToken cancel)
    {
        if (!moves.HasArchive)
        {
            return null;
        }

        await moves.ReviewAsync(cancel);
        return time.GetUtcNow() + Interval;
    }
}
