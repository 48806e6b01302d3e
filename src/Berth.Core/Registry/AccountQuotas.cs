using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The quotas of accounts: the deployment's, and for some accounts others. Asked for at every push, so they are kept in memory.</summary>
/// <param name="database">Holds what is set for accounts.</param>
/// <param name="time">Tells how old what is kept is.</param>
/// <param name="defaults">What holds for an account that nothing is set for.</param>
public sealed class AccountQuotas(Database database, TimeProvider time, Quotas defaults)
{
    private readonly RowCache<AccountId, Quotas> kept = new(most: 10_000, time);

    /// <summary>What holds for an account that nothing is set for.</summary>
    public Quotas Defaults => defaults;

    /// <summary>What holds for an account.</summary>
    public ValueTask<Quotas> FindAsync(AccountId account, CancellationToken cancel) =>
        kept.TryGet(account, out var quotas) ? new(quotas) : kept.GetAsync(account, ReadAsync, cancel);

    /// <summary>Sets a quota for an account; null brings the default back. Faults: <see cref="QuotaOutOfRange"/>.</summary>
    public Task SetAsync(AccountId account, Quota quota, long? value, CancellationToken cancel)
    {
        var at = new { account = account.ToString(), name = quota.Name, value };
        if (value is { } given)
        {
            quota.Apply(defaults, given);
        }

        return database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    value is null
                        ? "DELETE FROM account_quota WHERE account = @account AND name = @name"
                        : """
                          INSERT INTO account_quota (account, name, value) VALUES (@account, @name, @value)
                              ON CONFLICT (account, name) DO UPDATE SET value = @value
                          """,
                    at);
                tx.OnCommitted(() => kept.Forget(account));
            },
            cancel);
    }

    // A name that another version of the program wrote and this one does not know is passed over.
    private async Task<Quotas> ReadAsync(AccountId account, CancellationToken cancel)
    {
        var rows = await database.ReadAsync(
            reader => reader.QueryAsync<Row>("SELECT name, value FROM account_quota WHERE account = @account", new { account = account.ToString() }),
            cancel);
        return rows.Aggregate(
            defaults,
            (quotas, row) => Quota.All.FirstOrDefault(quota => string.Equals(quota.Name, row.Name, StringComparison.Ordinal))?.Apply(quotas, row.Value) ?? quotas);
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public long Value { get; init; }
    }
}
