using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// Gives users and groups other names and paths. The id stays, and with it keys, sessions, memberships and whatever was said of them
/// in policies of resources.
/// </summary>
public sealed class Renaming(Database database, IamEntities entities)
{
    /// <summary>What policies read of the entity once it has its new name and path. Fault: <see cref="EntityNotFound"/>.</summary>
    /// <inheritdoc cref="RenameAsync"/>
    public Task<EntityRules> ForeseeAsync(EntityName name, string? newName, string? newPath, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var entity = await EntityRow.GetAsync(rows, name);
            var arn = (name with { Name = newName ?? entity.Name }).ArnUnder(newPath ?? entity.Path);
            return new EntityRules(arn, await IamEntities.TagsAsync(rows, entity.Id), entity.Boundary);
        },
        cancel);

    /// <summary>Changes what is given. Faults: <see cref="EntityNotFound"/>, <see cref="EntityAlreadyExists"/>.</summary>
    /// <param name="name">Which.</param>
    /// <param name="newName">Its new name; null to keep the old.</param>
    /// <param name="newPath">Its new path; null to keep the old.</param>
    /// <param name="cancel">Gives up.</param>
    public Task RenameAsync(EntityName name, string? newName, string? newPath, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, name);
            var (renamed, path) = (name with { Name = newName ?? entity.Name }, newPath ?? entity.Path);
            if (await EntityRow.FindAsync(tx, renamed) is { } other && !string.Equals(other.Id, entity.Id, StringComparison.Ordinal))
            {
                throw new EntityAlreadyExists(name.Kind.Title, renamed.Name).AsException();
            }

            await tx.ExecuteAsync(
                "UPDATE iam_entity SET name = @Name, name_key = @folded, path = @path, arn = @arn WHERE id = @Id",
                new { renamed.Name, folded = renamed.Key, path, arn = renamed.ArnUnder(path), entity.Id });
            entities.Changed(tx);
        },
        cancel);
}
