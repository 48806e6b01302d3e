using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Jobs;

/// <summary>
/// Who does which job until when. A claimed job is due again when its lease ends, so that the job of a node that died is
/// taken by another.
/// </summary>
internal sealed class JobLeases(Database database, TimeProvider time, Ids ids, IReadOnlyCollection<string> kinds)
{
    private const int MaxErrorLength = 2_000;

    private readonly ValueList kinds = new("kind", kinds);

    /// <summary>Claims jobs that are due, the longest due first.</summary>
    public async Task<IReadOnlyList<Lease>> ClaimAsync(int limit, TimeSpan length, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var terms = new
        {
            worker = ids.NewGuid().ToString(),
            now = now.ToUnixTimeMilliseconds(),
            until = (now + length).ToUnixTimeMilliseconds(),
            limit,
        };

        // The leases are checked again on the rows themselves: the inner query may have read them before another claim.
        return await database.WriteAsync(
            transaction => transaction.QueryAsync<Lease>(
                $"""
                UPDATE job SET leased_by = @worker, leased_until = @until, due_at = @until, again_at = NULL,
                       attempts = attempts + 1
                 WHERE id IN (
                       SELECT id FROM job
                        WHERE NOT dead AND due_at <= @now AND leased_until <= @now AND kind IN {kinds}
                        ORDER BY due_at, id LIMIT @limit)
                   AND leased_until <= @now
                RETURNING id, kind, payload, attempts, leased_by AS worker
                """,
                kinds.With(terms)),
            cancel);
    }

    /// <summary>When the next job is due or the next lease ends, or null when there is no job.</summary>
    public async Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancel)
    {
        var due = await database.ReadAsync(
            rows => rows.FindAsync<long?>(
                $"SELECT due_at FROM job WHERE NOT dead AND kind IN {kinds} ORDER BY due_at, id LIMIT 1",
                kinds.With(new { })),
            cancel);
        return due is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    /// <summary>Ends a job that was done: it goes, unless it is to be done again or was asked for in the meantime.</summary>
    public Task CompleteAsync(Lease lease, DateTimeOffset? again) => database.WriteAsync(
        async transaction =>
        {
            const string Delete = "DELETE FROM job WHERE id = @Id AND leased_by = @Worker AND again_at IS NULL";
            if (again is null && await transaction.ExecuteAsync(Delete, lease) > 0)
            {
                return;
            }

            await ReleaseAsync(transaction, lease, again ?? DateTimeOffset.MaxValue, attempts: 0);
        },
        CancellationToken.None);

    /// <summary>Has a job that failed tried again after a pause.</summary>
    public Task RetryAsync(Lease lease, string error) => database.WriteAsync(
        transaction => ReleaseAsync(
            transaction,
            lease,
            time.GetUtcNow() + Backoff.Next(lease.Attempts, ids.NextFraction()),
            lease.Attempts,
            error),
        CancellationToken.None);

    /// <summary>Gives a job back as if it had not been claimed, since this node stops.</summary>
    public Task ReturnAsync(Lease lease) => database.WriteAsync(
        transaction => ReleaseAsync(transaction, lease, time.GetUtcNow(), lease.Attempts - 1),
        CancellationToken.None);

    /// <summary>Gives a job up. It stays, with its error, until its key is enqueued again.</summary>
    public Task BuryAsync(Lease lease, string error) => database.WriteAsync(
        async transaction =>
        {
            const string Bury =
                """
                UPDATE job SET dead = TRUE, leased_by = NULL, leased_until = 0, last_error = @error
                 WHERE id = @Id AND leased_by = @Worker AND again_at IS NULL
                """;
            if (await transaction.ExecuteAsync(Bury, new { lease.Id, lease.Worker, error = Cut(error) }) == 0)
            {
                await ReleaseAsync(transaction, lease, DateTimeOffset.MaxValue, attempts: 0, error);
            }
        },
        CancellationToken.None);

    // What was asked for while the job was being done counts when it is earlier.
    private static Task<int> ReleaseAsync(
        Transaction transaction, Lease lease, DateTimeOffset due, int attempts, string? error = null) =>
        transaction.ExecuteAsync(
            """
            UPDATE job SET leased_by = NULL, leased_until = 0, again_at = NULL, attempts = @attempts, last_error = @error,
                   due_at = CASE WHEN again_at < @due THEN again_at ELSE @due END
             WHERE id = @Id AND leased_by = @Worker
            """,
            new { lease.Id, lease.Worker, due = due.ToUnixTimeMilliseconds(), attempts, error = Cut(error) });

    private static string? Cut(string? error) => error?[..Math.Min(error.Length, MaxErrorLength)];
}

/// <summary>A job that is this node's until its lease ends.</summary>
internal sealed record Lease
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Payload { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>Who claimed it: new for each claim, so that an old claim of the same node ends nothing.</summary>
    public required string Worker { get; init; }
}
