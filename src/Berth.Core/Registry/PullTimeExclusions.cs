using System.Collections.Frozen;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// Users and roles whose pulls from a registry leave no time behind, such as a scanner's. They are meant by their ARNs, whether
/// or not there is such a one now.
/// </summary>
public sealed class PullTimeExclusions(Database database, AccountQuotas quotas, TimeProvider time)
{
    private readonly RowCache<RegistryId, FrozenSet<string>> kept = new(most: 10_000, time);

    /// <summary>
    /// Excludes a user or role, and returns since when. Faults: <see cref="PullTimeExclusionExists"/>,
    /// <see cref="TooManyPullTimeExclusions"/>.
    /// </summary>
    public async Task<DateTimeOffset> RegisterAsync(RegistryId registry, string principalArn, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var most = (await quotas.FindAsync(registry.Account, cancel)).PullTimeExclusions;
        return await database.WriteAsync(
            async tx =>
            {
                var row = RowOf(registry, principalArn, now);
                var there = await tx.QueryAsync<string>(Excluded, row);
                if (there.Contains(principalArn, StringComparer.Ordinal))
                {
                    throw new PullTimeExclusionExists(registry, principalArn).AsException();
                }

                if (there.Count >= most)
                {
                    throw new TooManyPullTimeExclusions(registry, most).AsException();
                }

                await tx.ExecuteAsync(
                    "INSERT INTO pull_time_exclusion (account, region, principal_arn, created_at) VALUES (@account, @region, @arn, @now)", row);
                tx.OnCommitted(() => kept.Forget(registry));
                return DateTimeOffset.FromUnixTimeMilliseconds(now);
            },
            cancel);
    }

    /// <summary>Counts its pulls again. Fault: <see cref="PullTimeExclusionNotFound"/>.</summary>
    public Task DeregisterAsync(RegistryId registry, string principalArn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var removed = await tx.ExecuteAsync(
                "DELETE FROM pull_time_exclusion WHERE account = @account AND region = @region AND principal_arn = @arn",
                RowOf(registry, principalArn));
            if (removed == 0)
            {
                throw new PullTimeExclusionNotFound(registry, principalArn).AsException();
            }

            tx.OnCommitted(() => kept.Forget(registry));
        },
        cancel);

    /// <summary>Since when a user or role is excluded; null when it is not.</summary>
    public async Task<DateTimeOffset?> FindSinceAsync(RegistryId registry, string principalArn, CancellationToken cancel)
    {
        var since = await database.ReadAsync(
            rows => rows.FindAsync<long?>(
                "SELECT created_at FROM pull_time_exclusion WHERE account = @account AND region = @region AND principal_arn = @arn",
                RowOf(registry, principalArn)),
            cancel);
        return since is { } moment ? DateTimeOffset.FromUnixTimeMilliseconds(moment) : null;
    }

    /// <summary>A page of ARNs in ordinal order, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<string>> ListAsync(RegistryId registry, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(
            rows => rows.QueryAsync<string>(
                """
                SELECT principal_arn FROM pull_time_exclusion
                 WHERE account = @account AND region = @region AND principal_arn > @after
                 ORDER BY principal_arn LIMIT @limit
                """,
                new { account = registry.Account.ToString(), region = registry.Region.ToString(), after = after ?? "", limit }),
            cancel);

    /// <summary>Whether a user or role is excluded; from memory.</summary>
    public async ValueTask<bool> ContainAsync(RegistryId registry, string principalArn, CancellationToken cancel) =>
        (kept.TryGet(registry, out var excluded) ? excluded : await kept.GetAsync(registry, ReadAsync, cancel)).Contains(principalArn);

    /// <summary>Whether a registry excludes anybody; from memory.</summary>
    public async ValueTask<bool> AreAnyAsync(RegistryId registry, CancellationToken cancel) =>
        (kept.TryGet(registry, out var excluded) ? excluded : await kept.GetAsync(registry, ReadAsync, cancel)).Count > 0;

    // The quota bounds them.
    private const string Excluded = "SELECT principal_arn FROM pull_time_exclusion WHERE account = @account AND region = @region";

    private Task<FrozenSet<string>> ReadAsync(RegistryId registry, CancellationToken cancel) => database.ReadAsync(
        async rows => (await rows.QueryAsync<string>(Excluded, RowOf(registry))).ToFrozenSet(StringComparer.Ordinal), cancel);

    private static object RowOf(RegistryId registry, string arn = "", long now = 0) =>
        new { account = registry.Account.ToString(), region = registry.Region.ToString(), arn, now };
}
