using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>Makes accounts: each has registries, people and a root of its own.</summary>
public sealed class NewAccounts(Database database, AccessKeys keys, Ids ids, TimeProvider time)
{
    /// <summary>Makes an account and the key of its root. An id that is taken is the fault <see cref="IdentityInputInvalid"/>.</summary>
    /// <param name="id">Its id; null for one that is made up.</param>
    /// <param name="label">What people call it.</param>
    /// <param name="partition">The partition its ARNs lie in, see <see cref="RegionName.Partition"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<AccessKey> CreateAsync(AccountId? id, AccountLabel label, string partition, CancellationToken cancel)
    {
        var account = id ?? ids.NewAccountId();
        var key = new AccessKey(ids.NewAccessKeyId(), ids.NewSecretAccessKey(), Principal.Root(account, partition));
        return database.WriteAsync(
            async tx =>
            {
                await AddAsync(tx, account, label, time.GetUtcNow());
                await keys.AddAsync(tx, key);
                return key;
            },
            cancel);
    }

    /// <summary>Makes an account without a key, within a transaction. An id that is taken is the fault <see cref="IdentityInputInvalid"/>.</summary>
    internal static async Task AddAsync(Transaction tx, AccountId account, AccountLabel label, DateTimeOffset now)
    {
        var made = await tx.ExecuteAsync(
            "INSERT INTO account (id, created_at, name, email) VALUES (@id, @now, @Name, @Email) ON CONFLICT (id) DO NOTHING",
            new { id = account.ToString(), now = now.ToUnixTimeMilliseconds(), label.Name, label.Email });
        if (made == 0)
        {
            throw new IdentityInputInvalid($"there is an account '{account}' already").AsException();
        }
    }
}

/// <summary>What people call an account.</summary>
/// <param name="Name">Any short text.</param>
/// <param name="Email">Whom to ask; null when nobody said.</param>
public sealed record AccountLabel(string Name, string? Email);
