using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What hangs on an entity, and must go before it does.</summary>
/// <param name="Table">Where rows of it are.</param>
/// <param name="Column">Which column has the entity's id.</param>
/// <param name="Remedy">What must be done first, in IAM's words.</param>
internal sealed record Dependents(string Table, string Column, string Remedy)
{
    public static readonly Dependents Keys = new("access_key", "user_id", "delete access keys");
    public static readonly Dependents Groups = new("iam_membership", "user_id", "remove users from group");
    public static readonly Dependents Members = new("iam_membership", "group_id", "remove users from group");
    public static readonly Dependents Profiles = new("iam_profile_role", "role_id", "remove roles from instance profile");
    public static readonly Dependents Attachments = new("iam_attachment", "entity_id", "detach all policies");
    public static readonly Dependents InlinePolicies = new("iam_inline_policy", "entity_id", "delete policies");

    /// <summary>Returns when nothing of these hangs on the entity; otherwise the fault is <see cref="EntityInUse"/>.</summary>
    public static async Task RefuseAsync(RowReader rows, string entityId, params IReadOnlyList<Dependents> kinds)
    {
        foreach (var (table, column, remedy) in kinds)
        {
            if (await rows.FindAsync<long?>($"SELECT 1 FROM {table} WHERE {column} = @entityId LIMIT 1", new { entityId }) is not null)
            {
                throw new EntityInUse($"Cannot delete entity, must {remedy} first.").AsException();
            }
        }
    }
}
