using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>The policies that are part of one user, group or role, and go by a name within it.</summary>
public sealed class InlinePolicies(Database database, IamEntities entities)
{
    /// <summary>The most characters that all policies of an entity have together, white space not counted (IAM quotas).</summary>
    public static int MostCharacters(EntityKind kind) =>
        kind == EntityKind.User ? 2048
        : kind == EntityKind.Group ? 5120
        : kind == EntityKind.Role ? 10_240
        : throw new ArgumentException($"a {kind} has no policies", nameof(kind));

    /// <summary>
    /// Adds a policy, or replaces the one of that name. Faults: <see cref="EntityNotFound"/>, <see cref="PolicyMalformed"/>,
    /// <see cref="InlinePoliciesTooLarge"/>, <see cref="EntityUnmodifiable"/>.
    /// </summary>
    /// <param name="owner">The user, group or role.</param>
    /// <param name="name">The policy's name.</param>
    /// <param name="document">Its text, which is kept as it is.</param>
    /// <param name="cancel">Gives up.</param>
    public Task PutAsync(EntityName owner, string name, string document, CancellationToken cancel)
    {
        PolicyTexts.CheckIdentity(document);
        return database.WriteAsync(async tx => await PutAsync(tx, await GetOwnerAsync(tx, owner), new(name, document)), cancel);
    }

    /// <summary>A policy's text. Fault: <see cref="EntityNotFound"/>, of the entity or the policy.</summary>
    public Task<string> GetAsync(EntityName owner, string name, CancellationToken cancel) => database.ReadAsync(
        async rows => await rows.FindAsync<string>(
                "SELECT document FROM iam_inline_policy WHERE entity_id = @Id AND name = @name",
                new { (await EntityRow.GetAsync(rows, owner)).Id, name })
            ?? throw NotFound(owner, name),
        cancel);

    /// <summary>A page of the policies' names in their order. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task<IReadOnlyList<string>> ListAsync(EntityName owner, string? after, int limit, CancellationToken cancel) => database.ReadAsync(
        async rows => await rows.QueryAsync<string>(
            "SELECT name FROM iam_inline_policy WHERE entity_id = @Id AND name > @after ORDER BY name LIMIT @limit",
            new { (await EntityRow.GetAsync(rows, owner)).Id, after = after ?? "", limit }),
        cancel);

    /// <summary>Deletes a policy. Faults: <see cref="EntityNotFound"/>, of the entity or the policy; <see cref="EntityUnmodifiable"/>.</summary>
    public Task DeleteAsync(EntityName owner, string name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await GetOwnerAsync(tx, owner);
            if (await tx.ExecuteAsync("DELETE FROM iam_inline_policy WHERE entity_id = @Id AND name = @name", new { entity.Id, name }) == 0)
            {
                throw NotFound(owner, name);
            }

            entities.Changed(tx);
        },
        cancel);

    /// <summary>Adds a policy whose text was checked, within a transaction, or replaces the one of that name.</summary>
    internal async Task PutAsync(Transaction tx, Entity entity, InlinePolicy policy)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@Id, @Name, @Document)
                ON CONFLICT (entity_id, name) DO UPDATE SET document = @Document
            """,
            new { entity.Id, policy.Name, policy.Document });
        await RefuseTooLargeAsync(tx, entity);
        entities.Changed(tx);
    }

    /// <summary>The policies of many by the ids of their entities, each in the order of their names.</summary>
    internal static async Task<ILookup<string, InlinePolicy>> ReadAsync(RowReader rows, IReadOnlyList<string> entityIds)
    {
        var wanted = new ValueList("id", entityIds);
        return (await rows.QueryAsync<Row>(
                $"SELECT entity_id, name, document FROM iam_inline_policy WHERE entity_id IN {wanted} ORDER BY entity_id, name",
                wanted.With(new { })))
            .ToLookup(row => row.EntityId, row => new InlinePolicy(row.Name, row.Document), StringComparer.Ordinal);
    }

    private static async Task<Entity> GetOwnerAsync(RowReader rows, EntityName owner)
    {
        var entity = await EntityRow.GetAsync(rows, owner);
        ProtectedRoles.RefuseChange(entity);
        return entity;
    }

    private static async Task RefuseTooLargeAsync(RowReader rows, Entity entity)
    {
        var documents = await rows.QueryAsync<string>("SELECT document FROM iam_inline_policy WHERE entity_id = @Id", new { entity.Id });
        var most = MostCharacters(entity.Kind);
        if (documents.Sum(document => document.Count(character => !char.IsWhiteSpace(character))) > most)
        {
            throw new InlinePoliciesTooLarge(entity.Kind.Title, entity.Name, most).AsException();
        }
    }

    private static FaultException NotFound(EntityName owner, string name) => new EntityNotFound($"{owner.Kind} policy", name).AsException();

    private sealed record Row
    {
        public string EntityId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Document { get; init; } = "";
    }
}

/// <summary>A policy that is part of a user, group or role.</summary>
/// <param name="Name">By which it goes there.</param>
/// <param name="Document">What it says, as it was given.</param>
public sealed record InlinePolicy(string Name, string Document);
