using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>
/// Users. One that is deleted is gone with its id: its sessions and docker tokens end, policies that named it name nobody, and
/// another of the same name inherits nothing.
/// </summary>
public sealed class IamUsers(Database database, IamEntities entities)
{
    /// <summary>
    /// Makes a user. Faults: <see cref="Vocabulary.EntityAlreadyExists"/>, <see cref="Vocabulary.IdentityNotFound"/> (the boundary),
    /// <see cref="Vocabulary.IdentityQuotaExceeded"/>.
    /// </summary>
    public Task<IamUser> CreateAsync(NewEntity made, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            if (made.Boundary is { } boundary)
            {
                await ManagedPolicyRow.RefuseUnattachableAsync(tx, made.Name.Scope.Account, boundary, "Scope ARN:");
            }

            var user = await entities.CreateAsync(tx, made);
            return new IamUser(user, await IamEntities.TagsAsync(tx, user.Id));
        },
        cancel);

    /// <summary>
    /// The user, or null when a root is meant, which is none. Fault: <see cref="Vocabulary.EntityNotFound"/>.
    /// </summary>
    public Task<IamUser?> FindAsync(UserOrCaller whom, CancellationToken cancel) => database.ReadAsync(
        async rows => await whom.FindAsync(rows) is { } user
            ? new IamUser(user, await IamEntities.TagsAsync(rows, user.Id))
            : null,
        cancel);

    /// <summary>Deletes a user nothing hangs on. Faults: <see cref="Vocabulary.EntityNotFound"/>, <see cref="Vocabulary.EntityInUse"/>.</summary>
    public Task DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var user = await EntityRow.GetAsync(tx, name);
            await Dependents.RefuseAsync(
                tx, user.Id, Dependents.Keys, Dependents.Groups, Dependents.Attachments, Dependents.InlinePolicies);
            await entities.DeleteAsync(tx, user.Id);
        },
        cancel);
}

/// <summary>A user with all that is known of it.</summary>
/// <param name="Entity">The user.</param>
/// <param name="Tags">Its tags in the order of their keys.</param>
public sealed record IamUser(Entity Entity, IReadOnlyList<EntityTag> Tags);
