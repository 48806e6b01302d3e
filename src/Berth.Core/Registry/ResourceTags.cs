using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The AWS tags on repositories.</summary>
public sealed class ResourceTags(Database database, RepositoryAccess access, AccountQuotas quotas)
{
    /// <summary>Adds tags, or changes the values of those that are there. Faults: <see cref="ResourceTagInvalid"/>, <see cref="TooManyResourceTags"/>.</summary>
    public async Task TagAsync(RepositoryId id, IReadOnlyList<ResourceTag> tags, CancellationToken cancel)
    {
        ResourceTag.Check(tags);
        var allowed = (await quotas.FindAsync(id.Account, cancel)).ResourceTags;
        await database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                await InsertAsync(tx, repository.Key, tags);
                access.Changed(tx);
                var count = await tx.FindAsync<long>(
                    "SELECT COUNT(*) FROM resource_tag WHERE repository_id = @repository AND substr(key, 1, 4) <> 'aws:'",
                    new { repository = repository.Key });
                if (count > allowed)
                {
                    throw new TooManyResourceTags(id, allowed).AsException();
                }
            },
            cancel);
    }

    /// <summary>Removes tags; keys that are not there are passed over.</summary>
    public Task UntagAsync(RepositoryId id, IReadOnlyList<string> keys, CancellationToken cancel)
    {
        foreach (var key in keys)
        {
            ResourceTag.CheckKey(key);
        }

        return database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                access.Changed(tx);
                foreach (var key in keys)
                {
                    await tx.ExecuteAsync(
                        "DELETE FROM resource_tag WHERE repository_id = @repository AND key = @key",
                        new { repository = repository.Key, key });
                }
            },
            cancel);
    }

    /// <summary>All tags of a repository in the order of their keys.</summary>
    public Task<IReadOnlyList<ResourceTag>> ListAsync(RepositoryId id, CancellationToken cancel) =>
        database.ReadAsync(async rows => await ListAsync(rows, (await Repositories.GetAsync(rows, id)).Key), cancel);

    internal static async Task<IReadOnlyList<ResourceTag>> ListAsync(RowReader rows, string repositoryKey)
    {
        var found = await rows.QueryAsync<Row>(
            "SELECT key, value FROM resource_tag WHERE repository_id = @repositoryKey ORDER BY key", new { repositoryKey });
        return [.. found.Select(row => new ResourceTag(row.Key, row.Value))];
    }

    internal static async Task InsertAsync(Transaction tx, string repositoryKey, IReadOnlyList<ResourceTag> tags)
    {
        foreach (var tag in tags)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO resource_tag (repository_id, key, value) VALUES (@repository, @key, @value)
                    ON CONFLICT (repository_id, key) DO UPDATE SET value = @value
                """,
                new { repository = repositoryKey, key = tag.Key, value = tag.Value });
        }
    }

    private sealed record Row
    {
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
