using System.Text.Json;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The repositories of every registry.</summary>
public sealed class Repositories(Database database, RepositoryAccess access, AccountQuotas quotas, Ids ids, TimeProvider time)
{
    private const string Columns =
        "id, account, region, name, created_at, tag_mutability, exclusion_filters, scan_on_push, scope";

    /// <summary>Makes a repository, with its tags, or not at all. Faults: <see cref="RepositoryAlreadyExists"/>, <see cref="TooManyRepositories"/>, tag faults.</summary>
    public async Task<Repository> CreateAsync(RepositoryId id, RepositorySettings settings, CancellationToken cancel)
    {
        var allowed = await quotas.FindAsync(id.Account, cancel);
        return await database.WriteAsync(tx => CreateAsync(tx, id, settings, allowed), cancel);
    }

    /// <summary>What the account of a repository may have; to be asked before a transaction that makes one.</summary>
    internal ValueTask<Quotas> QuotasOfAsync(RepositoryId id, CancellationToken cancel) => quotas.FindAsync(id.Account, cancel);

    internal async Task<Repository> CreateAsync(Transaction tx, RepositoryId id, RepositorySettings settings, Quotas allowed)
    {
        ResourceTag.Check(settings.Tags);
        if (settings.Tags.Count > allowed.ResourceTags)
        {
            throw new TooManyResourceTags(id, allowed.ResourceTags).AsException();
        }

        var repository = new Repository
        {
            Key = ids.NewGuid().ToString("N"),
            Id = id,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            TagMutability = settings.TagMutability,
            ScanOnPush = settings.ScanOnPush,
            Scope = KeyScope.Service(id.Registry.Region),
        };
        await TakePlaceAsync(tx, id, allowed);
        await InsertAsync(tx, repository);
        await ResourceTags.InsertAsync(tx, repository.Key, [.. settings.Tags, .. settings.ServiceTags]);
        access.Changed(tx);
        return repository;
    }

    /// <summary>The repository, or null.</summary>
    public Task<Repository?> FindAsync(RepositoryId id, CancellationToken cancel) =>
        database.ReadAsync(rows => FindAsync(rows, id), cancel);

    /// <summary>The repository, or the fault <see cref="RepositoryNotFound"/>.</summary>
    public async Task<Repository> GetAsync(RepositoryId id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ?? throw new RepositoryNotFound(id).AsException();

    /// <summary>A page of a registry's repositories in the order of their names, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<Repository>> ListAsync(RegistryId registry, string? after, int limit, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            rows => rows.QueryAsync<Row>(
                $"""
                SELECT {Columns} FROM repository
                 WHERE account = @account AND region = @region AND name > @after AND deleted_at IS NULL
                 ORDER BY name LIMIT @limit
                """,
                new { account = registry.Account.ToString(), region = registry.Region.ToString(), after = after ?? "", limit }),
            cancel);
        return [.. found.Select(row => row.ToRepository())];
    }

    /// <summary>Changes whether tags may move, from the next push on.</summary>
    public Task<Repository> PutTagMutabilityAsync(RepositoryId id, TagMutabilityRule rule, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var repository = await GetAsync(tx, id) with { TagMutability = rule };
                await tx.ExecuteAsync(
                    "UPDATE repository SET tag_mutability = @setting, exclusion_filters = @filters WHERE id = @repository",
                    new
                    {
                        setting = rule.Setting.Wire(),
                        filters = JsonSerializer.Serialize(rule.ExclusionFilters),
                        repository = repository.Key,
                    });
                return repository;
            },
            cancel);

    /// <summary>Changes whether images are to be scanned as they are pushed.</summary>
    public Task<Repository> PutScanOnPushAsync(RepositoryId id, bool scanOnPush, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var repository = await GetAsync(tx, id) with { ScanOnPush = scanOnPush };
                await tx.ExecuteAsync(
                    "UPDATE repository SET scan_on_push = @scanOnPush WHERE id = @repository",
                    new { scanOnPush, repository = repository.Key });
                return repository;
            },
            cancel);

    internal static async Task<Repository> GetAsync(RowReader rows, RepositoryId id) =>
        await FindAsync(rows, id) ?? throw new RepositoryNotFound(id).AsException();

    internal static async Task<Repository?> FindAsync(RowReader rows, RepositoryId id)
    {
        var row = await rows.FindAsync<Row>(
            $"""
            SELECT {Columns} FROM repository
             WHERE account = @account AND region = @region AND name = @name AND deleted_at IS NULL
            """,
            new { account = id.Account.ToString(), region = id.Registry.Region.ToString(), name = id.Name.ToString() });
        return row?.ToRepository();
    }

    internal static async Task<Repository?> FindAsync(RowReader rows, string key)
    {
        var row = await rows.FindAsync<Row>($"SELECT {Columns} FROM repository WHERE id = @key AND deleted_at IS NULL", new { key });
        return row?.ToRepository();
    }

    private static async Task TakePlaceAsync(Transaction tx, RepositoryId id, Quotas allowed)
    {
        var registry = new { account = id.Account.ToString(), region = id.Registry.Region.ToString() };
        if (await FindAsync(tx, id) is not null)
        {
            throw new RepositoryAlreadyExists(id).AsException();
        }

        var count = await tx.FindAsync<int>(
            """
            INSERT INTO registry (account, region, repository_count) VALUES (@account, @region, 1)
                ON CONFLICT (account, region) DO UPDATE SET repository_count = registry.repository_count + 1
            RETURNING repository_count
            """,
            registry);
        if (count > allowed.Repositories)
        {
            throw new TooManyRepositories(id.Registry, allowed.Repositories).AsException();
        }
    }

    private static Task InsertAsync(Transaction tx, Repository repository) => tx.ExecuteAsync(
        """
        INSERT INTO repository (id, account, region, name, created_at, tag_mutability, exclusion_filters, scan_on_push, scope, image_count)
        VALUES (@key, @account, @region, @name, @created, @setting, @filters, @scan, @scope, 0)
        """,
        new
        {
            key = repository.Key,
            account = repository.Id.Account.ToString(),
            region = repository.Id.Registry.Region.ToString(),
            name = repository.Id.Name.ToString(),
            created = repository.CreatedAt.ToUnixTimeMilliseconds(),
            setting = repository.TagMutability.Setting.Wire(),
            filters = JsonSerializer.Serialize(repository.TagMutability.ExclusionFilters),
            scan = repository.ScanOnPush,
            scope = repository.Scope.Name,
        });

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Account { get; init; } = "";
        public string Region { get; init; } = "";
        public string Name { get; init; } = "";
        public long CreatedAt { get; init; }
        public string TagMutability { get; init; } = "";
        public string ExclusionFilters { get; init; } = "";
        public bool ScanOnPush { get; init; }
        public string Scope { get; init; } = "";

        public Repository ToRepository() => new()
        {
            Key = Id,
            Id = new(new(AccountId.Parse(Account), RegionName.Parse(Region)), RepositoryName.Parse(Name)),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            TagMutability = new(
                TagMutabilityNames.FromWire(TagMutability),
                JsonSerializer.Deserialize<string[]>(ExclusionFilters) ?? []),
            ScanOnPush = ScanOnPush,
            Scope = new(Scope),
        };
    }
}
