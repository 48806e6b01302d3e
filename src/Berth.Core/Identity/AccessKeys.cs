using System.Text;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>The access keys of the deployment. Keys in use are kept in memory: checking a signature reads no row.</summary>
public sealed class AccessKeys
{
    private const string Purpose = "access-key";

    // A user's ARN changes with its name and path, so a user's key is bound to the user's id, and finds the ARN beside it.
    private const string Select =
        """
        SELECT k.id, k.account, k.principal, k.user_id, k.secret, COALESCE(e.arn, k.principal) AS arn
          FROM access_key k LEFT JOIN iam_entity e ON e.id = k.user_id
        """;

    private readonly Database database;
    private readonly Keyring keyring;
    private readonly TimeProvider time;
    private readonly RowCache<string, AccessKey?> kept;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public AccessKeys(Database database, Keyring keyring, IdentityChanges changes, TimeProvider time)
    {
        (this.database, this.keyring, this.time, kept) = (database, keyring, time, new(most: 10_000, time));
        Uses = new(database, time);
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The root key that the host gave. It is never stored, and no stored key of that principal is good beside it.</summary>
    public AccessKey? GivenRoot { get; init; }

    /// <summary>When and where keys were last good.</summary>
    public AccessKeyUses Uses { get; }

    /// <summary>The active key of that id, or null.</summary>
    public ValueTask<AccessKey?> FindAsync(string id, CancellationToken cancel)
    {
        if (string.Equals(id, GivenRoot?.Id, StringComparison.Ordinal))
        {
            return new(GivenRoot);
        }

        return kept.TryGet(id, out var key) ? new(key) : kept.GetAsync(id, ReadAsync, cancel);
    }

    /// <summary>The oldest active key of a principal, or null; within a transaction that may then add one.</summary>
    internal async Task<AccessKey?> FindOldestAsync(Transaction transaction, Principal principal) =>
        Open(await transaction.FindAsync<Row>(
            $"{Select} WHERE k.principal = @Arn AND k.active ORDER BY k.created_at, k.id LIMIT 1",
            new { principal.Arn }));

    /// <summary>Stores a new key; its secret is sealed first.</summary>
    internal Task AddAsync(Transaction transaction, AccessKey key)
    {
        var holder = key.Principal.Kind is PrincipalKind.Root ? key.Principal.Arn : key.Principal.UserId;
        return transaction.ExecuteAsync(
            """
            INSERT INTO access_key (id, account, principal, user_id, secret, created_at, active)
            VALUES (@Id, @Account, @holder, @UserId, @Secret, @Now, TRUE)
            """,
            new
            {
                key.Id,
                Account = key.Principal.Account.ToString(),
                holder,
                key.Principal.UserId,
                Secret = keyring.Seal(Purpose, Encoding.UTF8.GetBytes(key.Secret), Binding(key.Id, holder)),
                Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
    }

    private async Task<AccessKey?> ReadAsync(string id, CancellationToken cancel)
    {
        var row = await database.ReadAsync(
            rows => rows.FindAsync<Row>($"{Select} WHERE k.id = @id AND k.active", new { id }), cancel);
        return Open(row) is { } key && !string.Equals(key.Principal.Arn, GivenRoot?.Principal.Arn, StringComparison.Ordinal) ? key : null;
    }

    private AccessKey? Open(Row? row)
    {
        if (row is null)
        {
            return null;
        }

        return keyring.TryOpen(Purpose, row.Secret, Binding(row.Id, row.Principal), out var secret)
            ? new(row.Id, Encoding.UTF8.GetString(secret), new(row.Arn, AccountId.Parse(row.Account), row.UserId))
            : throw new ContentDamaged($"access key '{row.Id}'").AsException();
    }

    // A sealed secret moved to another row does not open: nobody who can write rows can give a key to another principal.
    private static byte[] Binding(string id, string holder) => Encoding.UTF8.GetBytes($"{id}\n{holder}");

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Account { get; init; }

        public required string Principal { get; init; }

        public required string UserId { get; init; }

        public required string Arn { get; init; }

        public required byte[] Secret { get; init; }
    }
}
