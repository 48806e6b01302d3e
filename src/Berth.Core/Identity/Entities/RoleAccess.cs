using Berth.Policy.Documents;
using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>What decides who may assume a role, from the role's side.</summary>
/// <param name="Role">The role.</param>
/// <param name="Trust">Who may assume it.</param>
/// <param name="LongestSession">How long a session of it may last.</param>
/// <param name="Tags">Its tags.</param>
public sealed record RoleRules(Entity Role, PolicyDocument Trust, TimeSpan LongestSession, IReadOnlyList<EntityTag> Tags);

/// <summary>Roles by their ARNs, their trust policies compiled and kept in memory.</summary>
public sealed class RoleAccess
{
    private readonly Database database;
    private readonly CompiledPolicies compiled;
    private readonly RowCache<string, RoleRules?> kept;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public RoleAccess(Database database, CompiledPolicies compiled, IdentityChanges changes, TimeProvider time)
    {
        (this.database, this.compiled, kept) = (database, compiled, new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The rules of the role of that ARN, or null.</summary>
    public ValueTask<RoleRules?> FindAsync(string arn, CancellationToken cancel) => kept.GetAsync(arn, ReadAsync, cancel);

    private Task<RoleRules?> ReadAsync(string arn, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            if (await EntityRow.FindByArnAsync(rows, arn) is not { } role
                || await rows.FindAsync<Row>("SELECT trust, max_session FROM iam_role WHERE id = @Id", new { role.Id }) is not { } row)
            {
                return null;
            }

            var trust = compiled.Get(await PrincipalNames.ToArnsAsync(rows, row.Trust), PolicyGrammar.OfTrust);
            return new RoleRules(role, trust, TimeSpan.FromSeconds(row.MaxSession), await IamEntities.TagsAsync(rows, role.Id));
        },
        cancel);

    private sealed record Row
    {
        public string Trust { get; init; } = "";

        public int MaxSession { get; init; }
    }
}
