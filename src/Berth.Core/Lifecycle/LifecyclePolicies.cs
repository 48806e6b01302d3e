using Berth.Jobs;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>The lifecycle policies of repositories.</summary>
public sealed class LifecyclePolicies(Database database, JobQueue jobs, LifecycleSettings settings, Ids ids, TimeProvider time)
{
    /// <summary>Reads a document as this registry is set to. Fault: <see cref="LifecyclePolicyInvalid"/>.</summary>
    public LifecyclePolicy Read(string text) => LifecyclePolicy.Parse(text, settings.ExpiresByPull);

    /// <summary>Sets or replaces the policy. Fault: <see cref="RepositoryNotFound"/>.</summary>
    public Task PutAsync(RepositoryId id, LifecyclePolicy policy, CancellationToken cancel) =>
        database.WriteAsync(async tx => await PutAsync(tx, await Repositories.GetAsync(tx, id), policy), cancel);

    /// <summary>Sets or replaces the policy of a repository, within the transaction that makes it. A run of it is due soon after.</summary>
    public async Task PutAsync(Transaction tx, Repository repository, LifecyclePolicy policy)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO lifecycle_policy (repository_id, id, version, document) VALUES (@repository, @id, 1, @document)
                ON CONFLICT (repository_id) DO UPDATE SET
                    version = lifecycle_policy.version + 1, document = excluded.document, evaluated_at = NULL
                 WHERE lifecycle_policy.document <> excluded.document
            """,
            new { repository = repository.Key, id = ids.NewGuid().ToString(), document = policy.Text });
        await EnqueueAsync(tx, repository, time.GetUtcNow() + settings.Delay);
    }

    /// <summary>Has the policy run at once. Faults: as <see cref="GetAsync(RepositoryId, CancellationToken)"/>.</summary>
    public Task<StoredLifecyclePolicy> RunAsync(RepositoryId id, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var repository = await Repositories.GetAsync(tx, id);
            var policy = await GetAsync(tx, repository);
            await EnqueueAsync(tx, repository, time.GetUtcNow());
            return policy;
        },
        cancel);

    /// <summary>The policy. Faults: <see cref="RepositoryNotFound"/>, <see cref="LifecyclePolicyNotFound"/>.</summary>
    public Task<StoredLifecyclePolicy> GetAsync(RepositoryId id, CancellationToken cancel) =>
        database.ReadAsync(async rows => await GetAsync(rows, await Repositories.GetAsync(rows, id)), cancel);

    /// <summary>Removes the policy, and returns what it was. Faults: as <see cref="GetAsync(RepositoryId, CancellationToken)"/>.</summary>
    public Task<StoredLifecyclePolicy> DeleteAsync(RepositoryId id, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var repository = await Repositories.GetAsync(tx, id);
            var policy = await GetAsync(tx, repository);
            await tx.ExecuteAsync("DELETE FROM lifecycle_policy WHERE repository_id = @repository", new { repository = repository.Key });
            return policy;
        },
        cancel);

    internal static async Task<StoredLifecyclePolicy> GetAsync(RowReader rows, Repository repository) =>
        await FindAsync(rows, repository.Key) ?? throw new LifecyclePolicyNotFound(repository.Id).AsException();

    internal static async Task<StoredLifecyclePolicy?> FindAsync(RowReader rows, string repository)
    {
        var row = await rows.FindAsync<Row>(
            "SELECT id, version, document, evaluated_at FROM lifecycle_policy WHERE repository_id = @repository", new { repository });
        return row is null
            ? null
            : new()
            {
                Id = row.Id,
                Version = row.Version,
                Text = row.Document,
                EvaluatedAt = row.EvaluatedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            };
    }

    private Task EnqueueAsync(Transaction tx, Repository repository, DateTimeOffset due) =>
        jobs.EnqueueAsync(tx, new LifecycleRun(repository.Key), due, LifecycleRun.KeyOf(repository.Key));

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public int Version { get; init; }
        public string Document { get; init; } = "";
        public long? EvaluatedAt { get; init; }
    }
}

/// <summary>The policy that a repository has.</summary>
public sealed record StoredLifecyclePolicy
{
    /// <summary>The same until the policy is deleted.</summary>
    public required string Id { get; init; }

    /// <summary>How many different documents it has had, this one included.</summary>
    public required int Version { get; init; }

    /// <summary>Minified, the rules by priority.</summary>
    public required string Text { get; init; }

    /// <summary>When its last run ended; null while it has had none with this document.</summary>
    public required DateTimeOffset? EvaluatedAt { get; init; }
}
