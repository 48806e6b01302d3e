using Berth.Jobs;

namespace Berth.Registry;

/// <summary>A deleted repository's contents are to be taken apart.</summary>
/// <param name="Repository">The key of its row.</param>
public sealed record PurgeRepository(string Repository) : Job;

/// <summary>Purges a repository. What is gone already is passed over, so doing it twice is doing it once.</summary>
public sealed class PurgeRepositoryHandler(RepositoryPurge purge) : JobHandler<PurgeRepository>
{
    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(PurgeRepository job, CancellationToken cancel)
    {
        await purge.RunAsync(job.Repository, cancel);
        return null;
    }
}
