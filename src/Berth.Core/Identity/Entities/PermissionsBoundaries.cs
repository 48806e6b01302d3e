using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What users and roles may do at most. A change counts at once.</summary>
public sealed class PermissionsBoundaries(Database database, IamEntities entities)
{
    /// <summary>
    /// Bounds a user or role by a managed policy. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityNotFound"/> (the policy),
    /// <see cref="IdentityValidationFailed"/> (its ARN), <see cref="EntityUnmodifiable"/>.
    /// </summary>
    public Task PutAsync(EntityName name, string policyArn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, name);
            ProtectedRoles.RefuseChange(entity);
            await ManagedPolicyRow.RefuseUnattachableAsync(tx, entity.Account, policyArn, "Scope ARN:");
            await SetAsync(tx, entity, policyArn);
        },
        cancel);

    /// <summary>Takes a boundary away. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityNotFound"/> (it has none), <see cref="EntityUnmodifiable"/>.</summary>
    public Task DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, name);
            ProtectedRoles.RefuseChange(entity);
            if (entity.Boundary is null)
            {
                throw new IdentityNotFound($"The {entity.Kind.Title} with name {entity.Name} has no permissions boundary.").AsException();
            }

            await SetAsync(tx, entity, boundary: null);
        },
        cancel);

    private async Task SetAsync(Transaction tx, Entity entity, string? boundary)
    {
        await tx.ExecuteAsync("UPDATE iam_entity SET boundary = @boundary WHERE id = @Id", new { entity.Id, boundary });
        entities.Changed(tx);
    }
}
