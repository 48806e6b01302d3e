using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>Records that are older than they are kept are to be deleted, again and again.</summary>
public sealed record ForgetTrail : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "forget-trail";
}

/// <summary>Deletes old records a few at a time, so that no write waits long for it. What is cut short goes on the next day.</summary>
public sealed class ForgetTrailHandler(Database database, TrailSettings settings, TimeProvider time) : JobHandler<ForgetTrail>
{
    private const int Batch = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(ForgetTrail job, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var before = (now - settings.Retention).ToUnixTimeMilliseconds();
        RegistryId? registry = null;
        while ((registry = await TrailRegistries.FindNextAsync(database, registry, cancel)) is { } next)
        {
            while (await DeleteAsync(next, before, cancel) == Batch)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        return now + Interval;
    }

    // What is to be exported stays until it is in a file, however long the folder cannot be written.
    private Task<int> DeleteAsync(RegistryId registry, long before, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var rows = await tx.QueryAsync<TrailRow>(
                """
                SELECT e.id, e.at, e.resources FROM trail_event e
                 WHERE e.account = @account AND e.region = @region AND e.at < @before
                   AND (NOT @exports OR EXISTS (SELECT 1 FROM trail_file f WHERE f.path = e.file AND f.hash IS NOT NULL))
                 ORDER BY e.at, e.id LIMIT @batch
                """,
                new
                {
                    account = registry.Account.ToString(),
                    region = registry.Region.ToString(),
                    before,
                    exports = settings.Export is not null,
                    batch = Batch,
                });
            if (rows.Count > 0)
            {
                await DeleteAsync(tx, registry, rows);
            }

            return rows.Count;
        },
        cancel);

    private static async Task DeleteAsync(Transaction tx, RegistryId registry, IReadOnlyList<TrailRow> rows)
    {
        var gone = new ValueList("id", [.. rows.Select(row => row.Id)]);
        foreach (var type in rows.SelectMany(row => row.ResourceList).Select(resource => resource.Type).Distinct(StringComparer.Ordinal))
        {
            await tx.ExecuteAsync(
                $"""
                DELETE FROM trail_resource
                 WHERE account = @account AND region = @region AND type = @type AND at <= @last AND event_id IN {gone}
                """,
                gone.With(new { account = registry.Account.ToString(), region = registry.Region.ToString(), type, last = rows[^1].At }));
        }

        await tx.ExecuteAsync($"DELETE FROM trail_event WHERE id IN {gone}", gone.With(new { }));
    }
}
