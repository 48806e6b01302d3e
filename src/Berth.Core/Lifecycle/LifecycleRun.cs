using Berth.Jobs;
using Berth.Storage.Rows;

namespace Berth.Lifecycle;

/// <summary>The lifecycle policy of a repository is to be evaluated and carried out, again and again while there is one.</summary>
/// <param name="Repository">The key of its row.</param>
public sealed record LifecycleRun(string Repository) : Job
{
    /// <summary>There is one such job for a repository.</summary>
    public static string KeyOf(string repository) => $"lifecycle-run/{repository}";
}

/// <summary>
/// Runs a policy. What it decided is written down before any of it is done, and each image is struck off in the transaction that takes
/// it: killed anywhere, a run goes on with what is left, and takes nothing that has changed since.
/// </summary>
public sealed class LifecycleRunHandler(Database database, LifecycleRunner runner, LifecycleSettings settings, TimeProvider time)
    : JobHandler<LifecycleRun>
{
    /// <inheritdoc/>
    /// <remarks>A policy runs at least once in an interval for as long as it stands, so it is never given up.</remarks>
    public override int MaxAttempts => int.MaxValue;

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(LifecycleRun job, CancellationToken cancel)
    {
        var policy = await database.ReadAsync(rows => LifecyclePolicies.FindAsync(rows, job.Repository), cancel);
        if (policy is null || !await runner.RunAsync(job.Repository, policy, cancel))
        {
            // Deleted, with its repository or alone; or replaced, and then the job is due again by that.
            await runner.DropAsync(job.Repository, cancel);
            return null;
        }

        return time.GetUtcNow() + settings.Interval;
    }
}
