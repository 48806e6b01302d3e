using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Jobs;

/// <summary>
/// Puts jobs beside the change that makes them necessary: both are committed, or neither. The table is the outbox, the
/// queue and the clock of all nodes.
/// </summary>
public sealed class JobQueue(TimeProvider time, Ids ids)
{
    /// <summary>Raised when a job of this node has been committed.</summary>
    internal event EventHandler? Enqueued;

    /// <summary>Adds a job to a transaction.</summary>
    /// <param name="transaction">The change that the job follows from.</param>
    /// <param name="job">What is to be done.</param>
    /// <param name="due">When; at once by default.</param>
    /// <param name="key">
    /// Names the work. Of two jobs of one key only one is kept, due at the earlier time of both. One that is being done at
    /// this moment is done once more afterwards, since it may not have seen this change; one that was given up is revived.
    /// </param>
    public async Task EnqueueAsync(Transaction transaction, Job job, DateTimeOffset? due = null, string? key = null)
    {
        var now = time.GetUtcNow();
        await transaction.ExecuteAsync(
            """
            INSERT INTO job (id, key, kind, payload, due_at)
            VALUES (@id, @key, @kind, @payload, @due)
            ON CONFLICT (key) DO UPDATE SET
                due_at = CASE WHEN job.leased_until > @now THEN job.due_at
                              WHEN job.dead OR excluded.due_at < job.due_at THEN excluded.due_at
                              ELSE job.due_at END,
                again_at = CASE WHEN job.leased_until <= @now THEN NULL
                                WHEN job.again_at < excluded.due_at THEN job.again_at
                                ELSE excluded.due_at END,
                attempts = CASE WHEN job.dead THEN 0 ELSE job.attempts END,
                dead = FALSE
            """,
            new
            {
                id = ids.NewGuid().ToString(),
                key,
                kind = job.Kind,
                payload = JsonSerializer.Serialize(job, job.GetType()),
                due = (due ?? now).ToUnixTimeMilliseconds(),
                now = now.ToUnixTimeMilliseconds(),
            });
        transaction.OnCommitted(() => Enqueued?.Invoke(this, EventArgs.Empty));
    }

    /// <summary>
    /// Makes jobs due that a process had when it was killed, instead of when their leases end. It is called before any job is done, and
    /// does nothing where another process may be doing them.
    /// </summary>
    public Task TakeBackAsync(Database database, CancellationToken cancel) => database.HasOneProcess
        ? database.WriteAsync(
            tx => tx.ExecuteAsync(
                "UPDATE job SET leased_by = NULL, leased_until = 0, again_at = NULL, due_at = @now WHERE leased_by IS NOT NULL AND NOT dead",
                new { now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
            cancel)
        : Task.CompletedTask;

    /// <summary>The leases of one node, on jobs of the kinds it can do.</summary>
    internal JobLeases OpenLeases(Database database, IReadOnlyCollection<string> kinds) => new(database, time, ids, kinds);
}
