using System.Text;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>The access keys of the deployment. Keys in use are kept in memory: checking a signature reads no row.</summary>
public sealed class AccessKeys(Database database, Keyring keyring, TimeProvider time)
{
    private const string Purpose = "access-key";

    // How long another node may go on accepting a key that was switched off on this one.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<string, Kept> kept = new(most: 10_000);

    /// <summary>The root key that the host gave. It is never stored, and no stored key of that principal is good beside it.</summary>
    public AccessKey? GivenRoot { get; init; }

    /// <summary>The active key of that id, or null.</summary>
    public ValueTask<AccessKey?> FindAsync(string id, CancellationToken cancel)
    {
        if (string.Equals(id, GivenRoot?.Id, StringComparison.Ordinal))
        {
            return new(GivenRoot);
        }

        return kept.TryGet(id, out var entry) && time.GetElapsedTime(entry.ReadAt) < Freshness
            ? new(entry.Key)
            : ReadAsync(id, cancel);
    }

    /// <summary>The oldest active key of a principal, or null; within a transaction that may then add one.</summary>
    internal async Task<AccessKey?> FindOldestAsync(Transaction transaction, Principal principal) =>
        Open(await transaction.FindAsync<Row>(
            """
            SELECT id, account, principal, user_id AS UserId, secret FROM access_key
             WHERE principal = @Arn AND active ORDER BY created_at, id LIMIT 1
            """,
            new { principal.Arn }));

    /// <summary>Stores a new key; its secret is sealed first.</summary>
    internal Task AddAsync(Transaction transaction, AccessKey key) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO access_key (id, account, principal, user_id, secret, created_at, active)
            VALUES (@Id, @Account, @Arn, @UserId, @Secret, @Now, TRUE)
            """,
            new
            {
                key.Id,
                Account = key.Principal.Account.ToString(),
                key.Principal.Arn,
                key.Principal.UserId,
                Secret = keyring.Seal(Purpose, Encoding.UTF8.GetBytes(key.Secret), Binding(key.Id, key.Principal.Arn)),
                Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });

    private async ValueTask<AccessKey?> ReadAsync(string id, CancellationToken cancel)
    {
        var readAt = time.GetTimestamp();
        var row = await database.ReadAsync(
            rows => rows.FindAsync<Row>(
                "SELECT id, account, principal, user_id AS UserId, secret FROM access_key WHERE id = @id AND active",
                new { id }),
            cancel);
        if (Open(row) is not { } key || string.Equals(key.Principal.Arn, GivenRoot?.Principal.Arn, StringComparison.Ordinal))
        {
            kept.Remove(id);
            return null;
        }

        kept.Set(id, new(key, readAt));
        return key;
    }

    private AccessKey? Open(Row? row)
    {
        if (row is null)
        {
            return null;
        }

        return keyring.TryOpen(Purpose, row.Secret, Binding(row.Id, row.Principal), out var secret)
            ? new(row.Id, Encoding.UTF8.GetString(secret), new(row.Principal, AccountId.Parse(row.Account), row.UserId))
            : throw new ContentDamaged($"access key '{row.Id}'").AsException();
    }

    // A sealed secret moved to another row does not open: nobody who can write rows can give a key to another principal.
    private static byte[] Binding(string id, string principal) => Encoding.UTF8.GetBytes($"{id}\n{principal}");

    private sealed record Kept(AccessKey Key, long ReadAt);

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Account { get; init; }

        public required string Principal { get; init; }

        public required string UserId { get; init; }

        public required byte[] Secret { get; init; }
    }
}
