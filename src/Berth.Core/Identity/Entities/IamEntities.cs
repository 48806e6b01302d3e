using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// What holds for everything that IAM keeps by name: making, finding, listing, tags. What is peculiar to a kind stands beside,
/// and uses the transactions of this class's internal members.
/// </summary>
public sealed class IamEntities(Database database, IdentityChanges changes, Ids ids, TimeProvider time)
{
    /// <summary>The most tags on one entity (IAM quotas).</summary>
    public const int MostTags = 50;

    /// <summary>The entity, or null.</summary>
    public Task<Entity?> FindAsync(EntityName name, CancellationToken cancel) =>
        database.ReadAsync(rows => EntityRow.FindAsync(rows, name), cancel);

    /// <summary>The entity, or the fault <see cref="EntityNotFound"/>.</summary>
    public Task<Entity> GetAsync(EntityName name, CancellationToken cancel) =>
        database.ReadAsync(rows => EntityRow.GetAsync(rows, name), cancel);

    /// <summary>The entity of that ARN, or null; policies of AWS are none.</summary>
    public Task<Entity?> FindByArnAsync(string arn, CancellationToken cancel) =>
        database.ReadAsync(rows => EntityRow.FindByArnAsync(rows, arn), cancel);

    /// <summary>A page of an account's entities of a kind in the order of their names, whatever the case.</summary>
    /// <param name="scope">The account.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="page">Where it begins, how long it is, and the prefix of paths that are wanted.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<Entity>> ListAsync(AccountScope scope, EntityKind kind, EntityPage page, CancellationToken cancel) =>
        database.ReadAsync(rows => ReadPageAsync(rows, scope, kind, page), cancel);

    /// <summary>The page within a transaction that reads on, so that what was listed is there.</summary>
    internal static async Task<IReadOnlyList<Entity>> ReadPageAsync(RowReader rows, AccountScope scope, EntityKind kind, EntityPage page)
    {
        var found = await rows.QueryAsync<EntityRow>(
            $"""
            SELECT {EntityRow.Columns} FROM iam_entity e
             WHERE e.account = @account AND e.kind = @kind AND e.name_key > @after
               AND substr(e.path, 1, length(@prefix)) = @prefix
             ORDER BY e.name_key LIMIT @limit
            """,
            new { account = scope.Account.ToString(), kind = kind.Name, after = page.After ?? "", prefix = page.PathPrefix, limit = page.Limit });
        return [.. found.Select(row => row.ToEntity())];
    }

    /// <summary>Its tags in the order of their keys.</summary>
    public Task<IReadOnlyList<EntityTag>> ListTagsAsync(string entityId, CancellationToken cancel) =>
        database.ReadAsync(rows => TagsAsync(rows, entityId), cancel);

    /// <summary>A page of its tags in the order of their keys. Fault: <see cref="EntityNotFound"/>.</summary>
    /// <param name="name">The entity.</param>
    /// <param name="after">The key, in lower case, of the last tag before the page; null for the first.</param>
    /// <param name="limit">The most tags on it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<EntityTag>> ListTagsAsync(EntityName name, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<EntityTag>>(
            async rows =>
            [
                .. (await TagsAsync(rows, (await EntityRow.GetAsync(rows, name)).Id))
                    .SkipWhile(tag => after is not null && string.CompareOrdinal(tag.Key.ToLowerInvariant(), after) <= 0)
                    .Take(limit),
            ],
            cancel);

    /// <summary>
    /// Adds tags, or changes those that are there. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityInputInvalid"/>,
    /// <see cref="IdentityQuotaExceeded"/>.
    /// </summary>
    public Task TagAsync(EntityName name, IReadOnlyList<EntityTag> tags, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var entity = await EntityRow.GetAsync(tx, name);
                await TagAsync(tx, entity.Id, tags);
                Changed(tx);
            },
            cancel);

    /// <summary>Removes tags; keys that are not there are passed over. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityInputInvalid"/>.</summary>
    public Task UntagAsync(EntityName name, IReadOnlyList<string> keys, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                EntityTag.CheckKeys(keys);
                var entity = await EntityRow.GetAsync(tx, name);
                foreach (var key in keys)
                {
                    await tx.ExecuteAsync(
                        "DELETE FROM iam_tag WHERE entity_id = @entity AND name_key = @key",
                        new { entity = entity.Id, key = key.ToLowerInvariant() });
                }

                Changed(tx);
            },
            cancel);

    /// <summary>Makes an entity's row and tags. Faults: <see cref="EntityAlreadyExists"/>, <see cref="IdentityQuotaExceeded"/>.</summary>
    internal async Task<Entity> CreateAsync(Transaction tx, NewEntity made)
    {
        var (name, path) = (made.Name, made.Path ?? "/");
        if (await EntityRow.FindAsync(tx, name) is not null)
        {
            throw new EntityAlreadyExists(name.Kind.Title, name.Name).AsException();
        }

        var entity = new Entity
        {
            Id = ids.NewEntityId(name.Kind.IdPrefix),
            Account = name.Scope.Account,
            Kind = name.Kind,
            Name = name.Name,
            Path = path,
            Arn = name.ArnUnder(path),
            Description = made.Description,
            Boundary = made.Boundary,
            CreatedAt = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
        };
        await tx.ExecuteAsync(
            """
            INSERT INTO iam_entity (id, account, kind, name, name_key, path, arn, description, boundary, created_at)
            VALUES (@Id, @account, @kind, @Name, @folded, @Path, @Arn, @Description, @Boundary, @created)
            """,
            new
            {
                entity.Id,
                account = entity.Account.ToString(),
                kind = entity.Kind.Name,
                entity.Name,
                folded = name.Key,
                entity.Path,
                entity.Arn,
                entity.Description,
                entity.Boundary,
                created = entity.CreatedAt.ToUnixTimeMilliseconds(),
            });
        await TagAsync(tx, entity.Id, made.Tags);
        await PutTagsAsync(tx, entity.Id, made.ServiceTags);
        Changed(tx);
        return entity;
    }

    /// <summary>Removes an entity's row and tags; what else hangs on it the caller has removed, or refused for.</summary>
    internal async Task DeleteAsync(Transaction tx, string entityId)
    {
        await tx.ExecuteAsync("DELETE FROM iam_tag WHERE entity_id = @entityId", new { entityId });
        await tx.ExecuteAsync("DELETE FROM iam_entity WHERE id = @entityId", new { entityId });
        Changed(tx);
    }

    /// <summary>Has every node decide by what the transaction writes: this one from its commit on, others soon after.</summary>
    internal void Changed(Transaction tx) => changes.Follow(tx);

    internal static async Task<IReadOnlyList<EntityTag>> TagsAsync(RowReader rows, string entityId) =>
        [.. (await TagsAsync(rows, [entityId]))[entityId]];

    /// <summary>The tags of many by the ids of their entities, each in the order of their keys.</summary>
    internal static async Task<ILookup<string, EntityTag>> TagsAsync(RowReader rows, IReadOnlyList<string> entityIds)
    {
        var wanted = new ValueList("id", entityIds);
        return (await rows.QueryAsync<TagRow>(
                $"SELECT entity_id, name, value FROM iam_tag WHERE entity_id IN {wanted} ORDER BY entity_id, name_key", wanted.With(new { })))
            .ToLookup(row => row.EntityId, row => new EntityTag(row.Name, row.Value), StringComparer.Ordinal);
    }

    private static async Task TagAsync(Transaction tx, string entityId, IReadOnlyList<EntityTag> tags)
    {
        EntityTag.Check(tags);
        await PutTagsAsync(tx, entityId, tags);
        var count = await tx.FindAsync<long>(
            "SELECT COUNT(*) FROM iam_tag WHERE entity_id = @entityId AND substr(name_key, 1, 4) <> 'aws:'", new { entityId });
        if (count > MostTags)
        {
            throw new IdentityQuotaExceeded("TagsPerEntity", MostTags).AsException();
        }
    }

    private static async Task PutTagsAsync(Transaction tx, string entityId, IReadOnlyList<EntityTag> tags)
    {
        foreach (var tag in tags)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO iam_tag (entity_id, name_key, name, value) VALUES (@entityId, @folded, @Key, @Value)
                    ON CONFLICT (entity_id, name_key) DO UPDATE SET name = @Key, value = @Value
                """,
                new { entityId, folded = tag.Key.ToLowerInvariant(), tag.Key, tag.Value });
        }
    }

    private sealed record TagRow
    {
        public string EntityId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Value { get; init; } = "";
    }
}

/// <summary>What is asked for when an entity is made.</summary>
/// <param name="Name">Which.</param>
public sealed record NewEntity(EntityName Name)
{
    /// <summary>Begins and ends with a slash; by default <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>The ARN of the permissions boundary, which the caller has found to exist.</summary>
    public string? Boundary { get; init; }

    /// <summary>Its first tags.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>Tags that a service sets, whose keys are reserved; they count towards no quota.</summary>
    public IReadOnlyList<EntityTag> ServiceTags { get; init; } = [];
}

/// <summary>Which page of a listing.</summary>
/// <param name="After">The key of the last name before it; null for the first page.</param>
/// <param name="Limit">The most entities on it.</param>
/// <param name="PathPrefix">Only what lies under it.</param>
public readonly record struct EntityPage(string? After, int Limit, string PathPrefix = "/");
