using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Deletes repositories.</summary>
public sealed class RepositoryDeletion(Database database, RepositoryAccess access, JobQueue jobs, TimeProvider time)
{
    /// <summary>
    /// Deletes a repository: its name is free at once, and a job takes its contents apart. Faults:
    /// <see cref="RepositoryNotFound"/>, and without <paramref name="force"/> <see cref="RepositoryNotEmpty"/>.
    /// </summary>
    public Task<Repository> DeleteAsync(RepositoryId id, bool force, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                if (!force && await tx.FindAsync<string>(
                    "SELECT digest FROM image WHERE repository_id = @repository LIMIT 1", new { repository = repository.Key }) is not null)
                {
                    throw new RepositoryNotEmpty(id).AsException();
                }

                await tx.ExecuteAsync(
                    "UPDATE repository SET deleted_at = @now WHERE id = @repository",
                    new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), repository = repository.Key });
                await tx.ExecuteAsync(
                    "UPDATE registry SET repository_count = repository_count - 1 WHERE account = @account AND region = @region",
                    new { account = id.Account.ToString(), region = id.Registry.Region.ToString() });
                await jobs.EnqueueAsync(tx, new PurgeRepository(repository.Key));
                access.Changed(tx);
                return repository;
            },
            cancel);
}
