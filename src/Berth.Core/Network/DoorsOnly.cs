using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Which registries are reached through VPC endpoints only. Asked for at every request, so it is kept in memory.</summary>
/// <param name="database">Holds the accounts that chose so.</param>
/// <param name="time">Tells how old what is kept is.</param>
/// <param name="always">Whether the whole deployment is so.</param>
public sealed class DoorsOnly(Database database, TimeProvider time, bool always)
{
    private readonly RowCache<AccountId, bool> kept = new(most: 10_000, time);

    /// <summary>Whether the whole deployment is so, whatever its accounts chose.</summary>
    public bool IsAlways => always;

    /// <summary>Whether an account's registries are reached through VPC endpoints only.</summary>
    public ValueTask<bool> HoldsAsync(AccountId account, CancellationToken cancel) =>
        always ? new(true) : kept.TryGet(account, out var holds) ? new(holds) : kept.GetAsync(account, ReadAsync, cancel);

    /// <summary>What an account chose for itself.</summary>
    public Task<bool> IsChosenAsync(AccountId account, CancellationToken cancel) => ReadAsync(account, cancel);

    /// <summary>Sets it for an account: at once on this node, within ten seconds on others.</summary>
    public Task SetAsync(AccountId account, bool required, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            await tx.ExecuteAsync(
                required
                    ? "INSERT INTO doors_only (account) VALUES (@account) ON CONFLICT (account) DO NOTHING"
                    : "DELETE FROM doors_only WHERE account = @account",
                new { account = account.ToString() });
            tx.OnCommitted(() => kept.Forget(account));
        },
        cancel);

    private Task<bool> ReadAsync(AccountId account, CancellationToken cancel) => database.ReadAsync(
        async rows => await rows.FindAsync<string>("SELECT account FROM doors_only WHERE account = @account", new { account = account.ToString() }) is not null,
        cancel);
}
