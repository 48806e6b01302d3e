using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>How much there is in accounts.</summary>
public sealed class AccountCounts(Database database, AccessKeys keys)
{
    /// <summary>Counts an account's entities, policy versions, and whether its root has a key.</summary>
    public Task<AccountCount> ReadAsync(AccountId account, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var given = new { account = account.ToString() };
            var entities = await rows.QueryAsync<Row>("SELECT kind, COUNT(*) AS many FROM iam_entity WHERE account = @account GROUP BY kind", given);
            var versions = await rows.FindAsync<long>(
                "SELECT COUNT(*) FROM iam_policy_version v JOIN iam_entity e ON e.id = v.policy_id WHERE e.account = @account", given);

            // The keys of a root bear its account for a user.
            var hasRootKey = keys.GivenRoot?.Principal.Account == account
                || await rows.FindAsync<long?>("SELECT 1 FROM access_key WHERE user_id = @account LIMIT 1", given) is not null;
            return new AccountCount(entities.ToDictionary(row => EntityKind.Of(row.Kind), row => (int)row.Many), (int)versions, hasRootKey);
        },
        cancel);

    private sealed record Row
    {
        public string Kind { get; init; } = "";

        public long Many { get; init; }
    }
}

/// <summary>How much there is in an account.</summary>
/// <param name="Entities">By their kinds; those it has none of are missing.</param>
/// <param name="PolicyVersions">Of its own managed policies.</param>
/// <param name="HasRootKey">Whether its root has a key, active or not.</param>
public sealed record AccountCount(IReadOnlyDictionary<EntityKind, int> Entities, int PolicyVersions, bool HasRootKey);
