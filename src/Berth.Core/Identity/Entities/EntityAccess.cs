using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What conditions and ARNs of policies may read of an entity of IAM.</summary>
/// <param name="Arn">With its path, which requests leave out.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Boundary">The ARN of its permissions boundary, or null.</param>
public sealed record EntityRules(string Arn, IReadOnlyList<EntityTag> Tags, string? Boundary);

/// <summary>Entities by their names, kept in memory for decisions about calls that change them.</summary>
public sealed class EntityAccess
{
    private readonly Database database;
    private readonly RowCache<(AccountId Account, EntityKind Kind, string Key), EntityRules?> kept;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public EntityAccess(Database database, IdentityChanges changes, TimeProvider time)
    {
        (this.database, kept) = (database, new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The entity of that name, or null.</summary>
    public ValueTask<EntityRules?> FindAsync(EntityName name, CancellationToken cancel) =>
        kept.GetAsync((name.Scope.Account, name.Kind, name.Key), (_, token) => ReadAsync(name, token), cancel);

    private Task<EntityRules?> ReadAsync(EntityName name, CancellationToken cancel) => database.ReadAsync(
        async rows => await EntityRow.FindAsync(rows, name) is { } entity
            ? new EntityRules(entity.Arn, await IamEntities.TagsAsync(rows, entity.Id), entity.Boundary)
            : null,
        cancel);
}
