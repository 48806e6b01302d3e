using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>
/// What an account's users, groups, roles and managed policies may do, and through what: all of it on pages, which run over the
/// kinds and within a kind over the names. Policies of AWS are there as far as the account uses them.
/// </summary>
public sealed class AuthorizationDetails(Database database)
{
    /// <summary>A page.</summary>
    /// <param name="scope">The account.</param>
    /// <param name="kinds">What is wanted.</param>
    /// <param name="after">Where it begins: <see cref="AuthorizationPage.Next"/> of the one before; null for the first.</param>
    /// <param name="limit">The most on it, of all kinds together.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<AuthorizationPage> ReadAsync(
        AccountScope scope, IReadOnlyList<AuthorizationKind> kinds, string? after, int limit, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var place = AuthorizationPlace.Read(after);
            var ofAws = kinds.Contains(AuthorizationKind.AwsPolicy) ? await ListOfAwsAsync(rows, scope, place, limit + 1) : [];
            var own = await ListAsync(rows, scope, kinds, place, limit + 1 - ofAws.Count);
            AuthorizationPlace[] run = [.. ofAws.Select(AuthorizationPlace.Of), .. own.Select(AuthorizationPlace.Of)];
            var page = await DescribeAsync(rows, scope, [.. ofAws.Take(limit)], [.. own.Take(Math.Max(0, limit - ofAws.Count))]);
            return page with { Next = run.Length > limit ? run[limit - 1].ToString() : null };
        },
        cancel);

    private static async Task<IReadOnlyList<ManagedPolicy>> ListOfAwsAsync(RowReader rows, AccountScope scope, AuthorizationPlace place, int limit)
    {
        var all = await PolicyUses.CountAsync(rows, scope, [.. AwsManagedPolicies.All.Select(policy => ManagedPolicy.Of(policy, scope.Partition))]);
        return [.. all.Where(policy => policy is { Attachments: > 0 } or { Boundaries: > 0 } && AuthorizationPlace.Of(policy).IsAfter(place)).Take(limit)];
    }

    private static async Task<IReadOnlyList<Entity>> ListAsync(
        RowReader rows, AccountScope scope, IReadOnlyList<AuthorizationKind> kinds, AuthorizationPlace place, int limit)
    {
        var wanted = new ValueList("kind", [.. kinds.Select(AuthorizationPlace.EntityOf).OfType<EntityKind>().Select(kind => kind.Name)]);
        var found = await rows.QueryAsync<EntityRow>(
            $"""
            SELECT {EntityRow.Columns} FROM iam_entity e
             WHERE e.account = @account AND e.kind IN {wanted} AND (e.kind, e.name_key) > (@afterKind, @afterName)
             ORDER BY e.kind, e.name_key LIMIT @limit
            """,
            wanted.With(new { account = scope.Account.ToString(), afterKind = place.Kind, afterName = place.Key, limit }));
        return [.. found.Select(row => row.ToEntity())];
    }

    private static async Task<AuthorizationPage> DescribeAsync(
        RowReader rows, AccountScope scope, IReadOnlyList<ManagedPolicy> ofAws, IReadOnlyList<Entity> entities)
    {
        var byKind = entities.ToLookup(entity => entity.Kind);
        string[] ids = [.. entities.Select(entity => entity.Id)];
        var tags = await IamEntities.TagsAsync(rows, ids);
        var (inline, attached) = (await InlinePolicies.ReadAsync(rows, ids), await PolicyAttachments.ReadAsync(rows, ids));
        var groups = await IamGroups.NamesAsync(rows, ids);
        return new()
        {
            Users = [.. byKind[EntityKind.User].Select(user => new UserAuthorization(new(user, [.. tags[user.Id]]), [.. groups[user.Id]], PoliciesOf(user)))],
            Groups = [.. byKind[EntityKind.Group].Select(group => new GroupAuthorization(group, PoliciesOf(group)))],
            Roles = [.. await ReadRolesAsync(rows, [.. byKind[EntityKind.Role]], role => [.. tags[role.Id]], PoliciesOf)],
            Policies =
            [
                .. ofAws.Select(policy => new PolicyAuthorization(policy, [PolicyVersions.Of(AwsManagedPolicies.Find(policy.Arn)!)])),
                .. await ReadPoliciesAsync(rows, scope, [.. byKind[EntityKind.Policy].Select(policy => policy.Id)]),
            ],
        };

        GrantedPolicies PoliciesOf(Entity entity) => new([.. inline[entity.Id]], [.. attached[entity.Id]]);
    }

    private static async Task<IEnumerable<RoleAuthorization>> ReadRolesAsync(
        RowReader rows, IReadOnlyList<Entity> entities, Func<Entity, IReadOnlyList<EntityTag>> tagsOf, Func<Entity, GrantedPolicies> policiesOf)
    {
        var roles = await RoleRow.ReadAsync(rows, entities);
        var profiles = await InstanceProfiles.OfRolesAsync(rows, [.. entities.Select(entity => entity.Id)]);
        return roles.Select(role => new RoleAuthorization(
            role with { Tags = tagsOf(role.Entity) },
            [.. profiles[role.Entity.Id].Select(profile => new InstanceProfile(profile, role))],
            policiesOf(role.Entity)));
    }

    private static async Task<IEnumerable<PolicyAuthorization>> ReadPoliciesAsync(RowReader rows, AccountScope scope, IReadOnlyList<string> ids)
    {
        var policies = await PolicyUses.CountAsync(rows, scope, await PolicyRow.ReadAsync(rows, ids));
        var versions = await PolicyVersions.ReadAsync(rows, ids);
        return policies.Select(policy => new PolicyAuthorization(policy, [.. versions[policy.Id]]));
    }
}
