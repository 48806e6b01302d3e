using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Instance profiles. Each has one role at most; a role may have several.</summary>
public sealed class InstanceProfiles(Database database, IamEntities entities)
{
    /// <summary>Makes one without a role. Faults: <see cref="EntityAlreadyExists"/>, <see cref="IdentityQuotaExceeded"/>.</summary>
    public Task<InstanceProfile> CreateAsync(NewEntity made, CancellationToken cancel) => database.WriteAsync(
        async tx => new InstanceProfile(await entities.CreateAsync(tx, made), Role: null) { Tags = made.Tags }, cancel);

    /// <summary>The profile with its role and tags. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task<InstanceProfile> GetAsync(EntityName name, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var entity = await EntityRow.GetAsync(rows, name);
            return (await ReadAsync(rows, [entity]))[0] with { Tags = await IamEntities.TagsAsync(rows, entity.Id) };
        },
        cancel);

    /// <summary>A page of an account's profiles, see <see cref="IamEntities.ListAsync"/>.</summary>
    public Task<IReadOnlyList<InstanceProfile>> ListAsync(AccountScope scope, EntityPage page, CancellationToken cancel) => database.ReadAsync(
        async rows => await ReadAsync(rows, await IamEntities.ReadPageAsync(rows, scope, EntityKind.InstanceProfile, page)), cancel);

    /// <summary>A page of the profiles that have a role, in the order of their names. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task<IReadOnlyList<InstanceProfile>> ListForRoleAsync(EntityName role, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var found = await rows.QueryAsync<EntityRow>(
                    $"""
                    SELECT {EntityRow.Columns} FROM iam_profile_role r JOIN iam_entity e ON e.id = r.profile_id
                     WHERE r.role_id = @Id AND e.name_key > @after ORDER BY e.name_key LIMIT @limit
                    """,
                    new { (await EntityRow.GetAsync(rows, role)).Id, after = after ?? "", limit });
                return await ReadAsync(rows, [.. found.Select(row => row.ToEntity())]);
            },
            cancel);

    /// <summary>Deletes a profile without a role. Faults: <see cref="EntityNotFound"/>, <see cref="EntityInUse"/>.</summary>
    public Task DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var profile = await EntityRow.GetAsync(tx, name);
            if (await FindRoleIdAsync(tx, profile.Id) is not null)
            {
                throw new EntityInUse("Cannot delete entity, must remove roles from instance profile first.").AsException();
            }

            await entities.DeleteAsync(tx, profile.Id);
        },
        cancel);

    /// <summary>Gives a profile its role. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityQuotaExceeded"/>, <see cref="EntityUnmodifiable"/>.</summary>
    public Task AddRoleAsync(EntityName name, EntityName roleName, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var (profile, role) = (await EntityRow.GetAsync(tx, name), await EntityRow.GetAsync(tx, roleName));
            ProtectedRoles.RefuseChange(role);
            if (await FindRoleIdAsync(tx, profile.Id) is not null)
            {
                throw new IdentityQuotaExceeded("InstanceSessionsPerInstanceProfile", 1).AsException();
            }

            await tx.ExecuteAsync(
                "INSERT INTO iam_profile_role (profile_id, role_id) VALUES (@Id, @roleId)", new { profile.Id, roleId = role.Id });
        },
        cancel);

    /// <summary>Takes a role from a profile. Fault: <see cref="EntityNotFound"/>, also when the profile has another role or none.</summary>
    public Task RemoveRoleAsync(EntityName name, EntityName roleName, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var (profile, role) = (await EntityRow.GetAsync(tx, name), await EntityRow.GetAsync(tx, roleName));
            var removed = await tx.ExecuteAsync(
                "DELETE FROM iam_profile_role WHERE profile_id = @Id AND role_id = @roleId", new { profile.Id, roleId = role.Id });
            if (removed == 0)
            {
                throw new EntityNotFound(EntityKind.Role.Title, roleName.Name).AsException();
            }
        },
        cancel);

    /// <summary>The profiles that have roles, by the roles' ids, each in the order of their names.</summary>
    internal static async Task<ILookup<string, Entity>> OfRolesAsync(RowReader rows, IReadOnlyList<string> roleIds)
    {
        var wanted = new ValueList("id", roleIds);
        return (await rows.QueryAsync<EntityRow>(
                $"""
                SELECT r.role_id AS owner, {EntityRow.Columns} FROM iam_profile_role r JOIN iam_entity e ON e.id = r.profile_id
                 WHERE r.role_id IN {wanted} ORDER BY r.role_id, e.name_key
                """,
                wanted.With(new { })))
            .ToLookup(row => row.Owner, row => row.ToEntity(), StringComparer.Ordinal);
    }

    private static Task<string?> FindRoleIdAsync(RowReader rows, string profileId) =>
        rows.FindAsync<string>("SELECT role_id FROM iam_profile_role WHERE profile_id = @profileId", new { profileId });

    private static async Task<IReadOnlyList<InstanceProfile>> ReadAsync(RowReader rows, IReadOnlyList<Entity> profiles)
    {
        var found = new List<InstanceProfile>(profiles.Count);
        foreach (var profile in profiles)
        {
            var role = await FindRoleIdAsync(rows, profile.Id) is { } id ? await EntityRow.FindByIdAsync(rows, id) : null;
            found.Add(new(profile, role is null ? null : (await RoleRow.ReadAsync(rows, [role]))[0]));
        }

        return found;
    }
}
