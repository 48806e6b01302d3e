using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// Roles. One that is deleted is gone with its id: its sessions and docker tokens end, trusts that named it name nobody, and
/// another of the same name inherits nothing.
/// </summary>
public sealed class IamRoles(Database database, IamEntities entities)
{
    /// <summary>
    /// Makes a role. Faults: <see cref="EntityAlreadyExists"/>, <see cref="PolicyMalformed"/>, <see cref="IdentityNotFound"/> (the
    /// boundary), <see cref="IdentityQuotaExceeded"/>, <see cref="IdentityInputInvalid"/> (a path for services).
    /// </summary>
    public Task<Role> CreateAsync(NewRole made, CancellationToken cancel)
    {
        ProtectedRoles.RefusePath(made.Entity.Path);
        return database.WriteAsync(tx => CreateAsync(tx, made), cancel);
    }

    /// <summary>The role with all that is known of it. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task<Role> GetAsync(EntityName name, CancellationToken cancel) => database.ReadAsync(
        async rows => await RoleRow.ReadWholeAsync(rows, await EntityRow.GetAsync(rows, name)),
        cancel);

    /// <summary>A page of an account's roles, see <see cref="IamEntities.ListAsync"/>.</summary>
    public Task<IReadOnlyList<Role>> ListAsync(AccountScope scope, EntityPage page, CancellationToken cancel) => database.ReadAsync(
        async rows => await RoleRow.ReadAsync(rows, await IamEntities.ReadPageAsync(rows, scope, EntityKind.Role, page)), cancel);

    /// <summary>Changes what is given. Faults: <see cref="EntityNotFound"/>, <see cref="EntityUnmodifiable"/>.</summary>
    public Task<Role> UpdateAsync(EntityName name, RoleChange change, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var role = await EntityRow.GetAsync(tx, name);
            if (change.Description is { } description)
            {
                await tx.ExecuteAsync("UPDATE iam_entity SET description = @description WHERE id = @Id", new { description, role.Id });
            }

            if (change.LongestSession is { } longest)
            {
                ProtectedRoles.RefuseChange(role);
                await tx.ExecuteAsync(
                    "UPDATE iam_role SET max_session = @seconds WHERE id = @Id", new { seconds = (int)longest.TotalSeconds, role.Id });
            }

            entities.Changed(tx);
            return await RoleRow.ReadWholeAsync(tx, await EntityRow.GetAsync(tx, name));
        },
        cancel);

    /// <summary>Says anew who may assume a role. Faults: <see cref="EntityNotFound"/>, <see cref="PolicyMalformed"/>, <see cref="EntityUnmodifiable"/>.</summary>
    public Task SetTrustAsync(EntityName name, string trust, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var role = await EntityRow.GetAsync(tx, name);
            ProtectedRoles.RefuseChange(role);
            await tx.ExecuteAsync(
                "UPDATE iam_role SET trust = @stored WHERE id = @Id", new { stored = await ToStoredAsync(tx, trust), role.Id });
            entities.Changed(tx);
        },
        cancel);

    /// <summary>Deletes a role nothing hangs on. Faults: <see cref="EntityNotFound"/>, <see cref="EntityInUse"/>, <see cref="EntityUnmodifiable"/>.</summary>
    public Task DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var role = await EntityRow.GetAsync(tx, name);
            ProtectedRoles.RefuseChange(role);
            await Dependents.RefuseAsync(tx, role.Id, Dependents.Profiles, Dependents.Attachments, Dependents.InlinePolicies);
            await DeleteAsync(tx, role.Id);
        },
        cancel);

    /// <summary>Makes a role within a transaction, see <see cref="CreateAsync(NewRole, CancellationToken)"/>.</summary>
    internal async Task<Role> CreateAsync(Transaction tx, NewRole made)
    {
        var trust = await ToStoredAsync(tx, made.Trust);
        if (made.Entity.Boundary is { } boundary)
        {
            await ManagedPolicyRow.RefuseUnattachableAsync(tx, made.Entity.Name.Scope.Account, boundary, "Scope ARN:");
        }

        var role = await entities.CreateAsync(tx, made.Entity);
        await tx.ExecuteAsync(
            "INSERT INTO iam_role (id, trust, max_session) VALUES (@Id, @trust, @seconds)",
            new { role.Id, trust, seconds = (int)made.LongestSession.TotalSeconds });
        return await RoleRow.ReadWholeAsync(tx, role);
    }

    /// <summary>Removes a role's rows; what hangs on it is gone or was refused for.</summary>
    internal async Task DeleteAsync(Transaction tx, string id)
    {
        await tx.ExecuteAsync("DELETE FROM iam_role WHERE id = @id", new { id });
        await entities.DeleteAsync(tx, id);
    }

    // Who is named must be there: a name alone would some day mean whoever comes under it.
    private static async Task<string> ToStoredAsync(RowReader rows, string trust)
    {
        PolicyTexts.CheckTrust(trust);
        try
        {
            return await PrincipalNames.ToIdsAsync(rows, trust);
        }
        catch (PrincipalUnknownException unknown)
        {
            throw new PolicyMalformed($"Invalid principal in policy: \"AWS\":\"{unknown.Name}\"").AsException();
        }
    }
}
