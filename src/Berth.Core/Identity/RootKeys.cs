using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>The keys of account roots: the first way into a new deployment.</summary>
public sealed class RootKeys(Database database, AccessKeys keys, Ids ids, TimeProvider time)
{
    /// <summary>
    /// The root key of an account: the one the host gave, else the one stored, else a new one. On many nodes that start at
    /// once all get the same. The account is there afterwards.
    /// </summary>
    /// <param name="root">See <see cref="Principal.Root"/>.</param>
    /// <param name="cancel">Gives up before anything is written.</param>
    public Task<AccessKey> EstablishAsync(Principal root, CancellationToken cancel)
    {
        var candidate = new AccessKey(ids.NewAccessKeyId(), ids.NewSecretAccessKey(), root);
        return database.WriteAsync(transaction => EstablishAsync(transaction, candidate), cancel);
    }

    private async Task<AccessKey> EstablishAsync(Transaction transaction, AccessKey candidate)
    {
        await transaction.ExecuteAsync(
            "INSERT INTO account (id, created_at) VALUES (@Id, @Now) ON CONFLICT (id) DO NOTHING",
            new { Id = candidate.Principal.Account.ToString(), Now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        if (keys.GivenRoot is { } given)
        {
            return given;
        }

        if (await keys.FindOldestAsync(transaction, candidate.Principal) is { } stored)
        {
            return stored;
        }

        await keys.AddAsync(transaction, candidate);
        return candidate;
    }
}
