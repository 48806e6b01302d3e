using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Groups: users who may what their group may.</summary>
public sealed class IamGroups(Database database, IamEntities entities)
{
    /// <summary>The most groups one user may be in (IAM quotas).</summary>
    public const int MostPerUser = 10;

    /// <summary>Makes a group. Fault: <see cref="EntityAlreadyExists"/>.</summary>
    public Task<Entity> CreateAsync(NewEntity made, CancellationToken cancel) =>
        database.WriteAsync(tx => entities.CreateAsync(tx, made), cancel);

    /// <summary>Deletes a group nothing hangs on. Faults: <see cref="EntityNotFound"/>, <see cref="EntityInUse"/>.</summary>
    public Task DeleteAsync(EntityName name, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var group = await EntityRow.GetAsync(tx, name);
            await Dependents.RefuseAsync(tx, group.Id, Dependents.Members, Dependents.Attachments, Dependents.InlinePolicies);
            await entities.DeleteAsync(tx, group.Id);
        },
        cancel);

    /// <summary>Has a user belong to a group, as it may already. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityQuotaExceeded"/>.</summary>
    public Task AddAsync(EntityName group, EntityName user, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var (groupId, userId) = await IdsAsync(tx, group, user);
            await tx.ExecuteAsync(
                "INSERT INTO iam_membership (user_id, group_id) VALUES (@userId, @groupId) ON CONFLICT (user_id, group_id) DO NOTHING",
                new { userId, groupId });
            if (await tx.FindAsync<long>("SELECT COUNT(*) FROM iam_membership WHERE user_id = @userId", new { userId }) > MostPerUser)
            {
                throw new IdentityQuotaExceeded("GroupsPerUser", MostPerUser).AsException();
            }

            entities.Changed(tx);
        },
        cancel);

    /// <summary>
    /// Has a user belong to a group no more. Faults: <see cref="EntityNotFound"/>, and <see cref="IdentityNotFound"/> when it did not.
    /// </summary>
    public Task RemoveAsync(EntityName group, EntityName user, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var (groupId, userId) = await IdsAsync(tx, group, user);
            if (await tx.ExecuteAsync("DELETE FROM iam_membership WHERE user_id = @userId AND group_id = @groupId", new { userId, groupId }) == 0)
            {
                throw new IdentityNotFound($"the user '{user.Name}' is not in the group '{group.Name}'").AsException();
            }

            entities.Changed(tx);
        },
        cancel);

    /// <summary>A page of a group's users in the order of their names. Fault: <see cref="EntityNotFound"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="after">The key of the last name before the page; null for the first.</param>
    /// <param name="limit">The most users on it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<Entity>> ListUsersAsync(EntityName group, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(
            async rows => await ListAsync(rows, "user_id", "group_id", (await EntityRow.GetAsync(rows, group)).Id, after, limit), cancel);

    /// <summary>A page of the groups a user is in, as <see cref="ListUsersAsync"/> has users. Fault: <see cref="EntityNotFound"/>.</summary>
    public Task<IReadOnlyList<Entity>> ListGroupsAsync(EntityName user, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(
            async rows => await ListAsync(rows, "group_id", "user_id", (await EntityRow.GetAsync(rows, user)).Id, after, limit), cancel);

    /// <summary>The names of the groups that users are in, by the users' ids, in their order.</summary>
    internal static async Task<ILookup<string, string>> NamesAsync(RowReader rows, IReadOnlyList<string> userIds)
    {
        var wanted = new ValueList("id", userIds);
        return (await rows.QueryAsync<EntityRow>(
                $"""
                SELECT m.user_id AS owner, e.name FROM iam_membership m JOIN iam_entity e ON e.id = m.group_id
                 WHERE m.user_id IN {wanted} ORDER BY m.user_id, e.name_key
                """,
                wanted.With(new { })))
            .ToLookup(row => row.Owner, row => row.Name, StringComparer.Ordinal);
    }

    private static async Task<(string Group, string User)> IdsAsync(RowReader rows, EntityName group, EntityName user) =>
        ((await EntityRow.GetAsync(rows, group)).Id, (await EntityRow.GetAsync(rows, user)).Id);

    private static async Task<IReadOnlyList<Entity>> ListAsync(
        RowReader rows, string wanted, string given, string id, string? after, int limit) =>
    [
        .. (await rows.QueryAsync<EntityRow>(
            $"""
            SELECT {EntityRow.Columns} FROM iam_membership m JOIN iam_entity e ON e.id = m.{wanted}
             WHERE m.{given} = @id AND e.name_key > @after ORDER BY e.name_key LIMIT @limit
            """,
            new { id, after = after ?? "", limit })).Select(row => row.ToEntity()),
    ];
}
