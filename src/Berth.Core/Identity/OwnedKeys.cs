using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>A key that was made just now, with the secret that is told this once.</summary>
/// <param name="Key">The key.</param>
/// <param name="Status">What else is told of it.</param>
public sealed record NewAccessKey(AccessKey Key, AccessKeyStatus Status);

/// <summary>The access keys of users and roots, as their owners manage them. What changes here holds at once on this node.</summary>
public sealed class OwnedKeys(Database database, AccessKeys keys, IdentityChanges changes, Ids ids)
{
    /// <summary>The most keys of one user or root (IAM quotas).</summary>
    public const int Most = 2;

    private const string Select =
        """
        SELECT k.id, k.account, e.name, k.active, k.created_at, u.used_at, u.service, u.region
          FROM access_key k LEFT JOIN iam_entity e ON e.id = k.user_id LEFT JOIN access_key_use u ON u.id = k.id
        """;

    /// <summary>Makes a key. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityQuotaExceeded"/>, <see cref="EntityUnmodifiable"/>.</summary>
    public Task<NewAccessKey> CreateAsync(UserOrCaller owner, CancellationToken cancel)
    {
        var (id, secret) = (ids.NewAccessKeyId(), ids.NewSecretAccessKey());
        return database.WriteAsync(
            async tx =>
            {
                var principal = await GetChangeableAsync(tx, owner);
                var key = new AccessKey(id, secret, principal);
                await keys.AddAsync(tx, key);
                var all = await ListAsync(tx, principal);
                if (all.Count > Most)
                {
                    throw new IdentityQuotaExceeded("AccessKeysPerUser", Most).AsException();
                }

                changes.Follow(tx);
                return new NewAccessKey(key, all.Single(status => string.Equals(status.Id, id, StringComparison.Ordinal)));
            },
            cancel);
    }

    /// <summary>A page of the keys, active or not, in the order of their ids. Fault: <see cref="EntityNotFound"/>.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="after">The id of the last key before the page; null for the first.</param>
    /// <param name="limit">The most keys on it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<AccessKeyStatus>> ListAsync(UserOrCaller owner, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<AccessKeyStatus>>(
            async rows =>
            {
                var principal = await owner.GetPrincipalAsync(rows);
                var all = IsGiven(principal) ? [Given] : await ListAsync(rows, principal);
                return [.. all.SkipWhile(key => after is not null && string.CompareOrdinal(key.Id, after) <= 0).Take(limit)];
            },
            cancel);

    /// <summary>Has a key sign, or sign no more. Faults: <see cref="EntityNotFound"/>, of the user or the key; <see cref="EntityUnmodifiable"/>.</summary>
    public Task SetActiveAsync(UserOrCaller owner, string id, bool isActive, CancellationToken cancel) => ChangeAsync(
        owner,
        id,
        (tx, principal) => tx.ExecuteAsync(
            "UPDATE access_key SET active = @isActive WHERE id = @id AND user_id = @UserId", new { isActive, id, principal.UserId }),
        cancel);

    /// <summary>Deletes a key. Faults: <see cref="EntityNotFound"/>, of the user or the key; <see cref="EntityUnmodifiable"/>.</summary>
    public Task DeleteAsync(UserOrCaller owner, string id, CancellationToken cancel) => ChangeAsync(
        owner,
        id,
        async (tx, principal) =>
        {
            var deleted = await tx.ExecuteAsync("DELETE FROM access_key WHERE id = @id AND user_id = @UserId", new { id, principal.UserId });
            await tx.ExecuteAsync("DELETE FROM access_key_use WHERE id = @id AND @deleted > 0", new { id, deleted });
            return deleted;
        },
        cancel);

    /// <summary>What may be told of an account's key; null when it has none of that id.</summary>
    public Task<AccessKeyStatus?> FindAsync(AccountId account, string id, CancellationToken cancel) => database.ReadAsync(
        async rows =>
            IsGivenId(id) && keys.GivenRoot?.Principal.Account == account ? Given
            : (await rows.FindAsync<Row>($"{Select} WHERE k.id = @id AND k.account = @account", new { id, account = account.ToString() }))?.ToStatus(),
        cancel);

    private AccessKeyStatus Given => new() { Id = keys.GivenRoot!.Id, IsActive = true };

    private bool IsGiven(Principal principal) => string.Equals(keys.GivenRoot?.Principal.Arn, principal.Arn, StringComparison.Ordinal);

    private bool IsGivenId(string id) => string.Equals(keys.GivenRoot?.Id, id, StringComparison.Ordinal);

    // Beside a root key that the host gave no other of that root is good.
    private async Task<Principal> GetChangeableAsync(RowReader rows, UserOrCaller owner)
    {
        var principal = await owner.GetPrincipalAsync(rows);
        return !IsGiven(principal) ? principal
            : throw new EntityUnmodifiable($"the root key of account '{principal.Account}' stands in the server's configuration").AsException();
    }

    private Task ChangeAsync(UserOrCaller owner, string id, Func<Transaction, Principal, Task<int>> change, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                if (await change(tx, await GetChangeableAsync(tx, owner)) == 0)
                {
                    throw new IdentityNotFound($"The Access Key with id {id} cannot be found.").AsException();
                }

                changes.Follow(tx);
            },
            cancel);

    private static async Task<IReadOnlyList<AccessKeyStatus>> ListAsync(RowReader rows, Principal principal) =>
    [
        .. (await rows.QueryAsync<Row>($"{Select} WHERE k.user_id = @UserId ORDER BY k.id", new { principal.UserId }))
            .Select(row => row.ToStatus()),
    ];

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Account { get; init; } = "";

        public string? Name { get; init; }

        public bool Active { get; init; }

        public long CreatedAt { get; init; }

        public long? UsedAt { get; init; }

        public string? Service { get; init; }

        public string? Region { get; init; }

        public AccessKeyStatus ToStatus() => new()
        {
            Id = Id,
            UserName = Name,
            IsActive = Active,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            LastUsedAt = UsedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            LastUse = Service is not null && Region is not null ? new(Service, Region) : null,
        };
    }
}
