using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>Records when and where sessions of roles were last good, to some minutes.</summary>
public sealed class RoleUses(Database database, TimeProvider time)
{
    private readonly SparseWrites writes = new(database, time);

    /// <summary>The last write that was begun; tests wait for it.</summary>
    internal Task Writing => writes.Writing;

    /// <summary>Takes note of a use. Costs a look-up in memory, save for the first use in a while.</summary>
    /// <param name="roleId">The role's id (<c>AROA...</c>).</param>
    /// <param name="region">The Region that was called.</param>
    public void Note(string roleId, RegionName region) => writes.Note(roleId, region, WriteAsync);

    private static Task WriteAsync(Transaction tx, SparseWrite<RegionName> use) => tx.ExecuteAsync(
        "UPDATE iam_role SET last_used_at = @now, last_used_region = @region WHERE id = @roleId",
        new { roleId = use.Id, region = use.Detail.ToString(), now = use.Moment });
}
