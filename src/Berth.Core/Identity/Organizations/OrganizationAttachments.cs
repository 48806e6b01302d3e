using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>Which policies of the organization bind which accounts: those attached to its root, and those attached to the account.</summary>
public sealed class OrganizationAttachments(Database database, IdentityChanges changes, Organization organization)
{
    private const int MostOnOne = 5;

    /// <summary>
    /// Attaches a policy. Faults: <see cref="OrganizationPolicyNotFound"/>, <see cref="OrganizationTargetNotFound"/>,
    /// <see cref="OrganizationPolicyAttached"/>, <see cref="OrganizationConstraintViolated"/>.
    /// </summary>
    public Task AttachAsync(string policyId, string targetId, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var policy = await OrganizationPolicies.GetAsync(tx, policyId);
            var attached = await ReadAsync(tx, targetId, policy.Type);
            if (attached.Contains(policy))
            {
                throw new OrganizationPolicyAttached(policyId, targetId).AsException();
            }

            if (attached.Count >= MostOnOne)
            {
                throw new OrganizationConstraintViolated($"You have attached the maximum number of policies of a type to '{targetId}': {MostOnOne}").AsException();
            }

            await tx.ExecuteAsync(
                policy.IsAwsManaged
                    ? "DELETE FROM organization_detachment WHERE target_id = @targetId AND policy_id = @policyId"
                    : "INSERT INTO organization_attachment (target_id, policy_id) VALUES (@targetId, @policyId)",
                new { targetId, policyId });
            changes.Follow(tx);
        },
        cancel);

    /// <summary>
    /// Detaches a policy. Faults: as <see cref="AttachAsync"/>, <see cref="OrganizationPolicyNotAttached"/>. The last service
    /// control policy of a target stays, since without one nothing would be allowed.
    /// </summary>
    public Task DetachAsync(string policyId, string targetId, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var policy = await OrganizationPolicies.GetAsync(tx, policyId);
            var attached = await ReadAsync(tx, targetId, policy.Type);
            if (!attached.Contains(policy))
            {
                throw new OrganizationPolicyNotAttached(policyId, targetId).AsException();
            }

            if (attached.Count == 1 || policy == OrganizationPolicy.FullResourceAccess)
            {
                throw new OrganizationConstraintViolated($"the policy '{policyId}' must stay attached to '{targetId}'").AsException();
            }

            await tx.ExecuteAsync(
                policy.IsAwsManaged
                    ? "INSERT INTO organization_detachment (target_id, policy_id) VALUES (@targetId, @policyId)"
                    : "DELETE FROM organization_attachment WHERE target_id = @targetId AND policy_id = @policyId",
                new { targetId, policyId });
            changes.Follow(tx);
        },
        cancel);

    /// <summary>The policies of a type on a target. Fault: <see cref="OrganizationTargetNotFound"/>.</summary>
    public Task<IReadOnlyList<OrganizationPolicy>> ListAsync(string targetId, string type, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<OrganizationPolicy>>(async rows => await ReadAsync(rows, targetId, type), cancel);

    /// <summary>A page of the targets of a policy in the order of their ids. AWS's own are on every target they were not taken off.</summary>
    public Task<IReadOnlyList<string>> ListTargetsAsync(string policyId, string? after, int limit, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var policy = await OrganizationPolicies.GetAsync(rows, policyId);
            return await rows.QueryAsync<string>(
                policy.IsAwsManaged
                    ? """
                      SELECT t.id FROM (SELECT id FROM account UNION ALL SELECT @RootId) t
                       WHERE t.id > @from AND NOT EXISTS (SELECT 1 FROM organization_detachment d WHERE d.target_id = t.id AND d.policy_id = @policyId)
                       ORDER BY t.id LIMIT @limit
                      """
                    : "SELECT target_id FROM organization_attachment WHERE policy_id = @policyId AND target_id > @from ORDER BY target_id LIMIT @limit",
                new { organization.RootId, policyId, from = after ?? "", limit });
        },
        cancel);

    internal async Task<List<OrganizationPolicy>> ReadAsync(RowReader rows, string targetId, string type)
    {
        await RefuseTargetAsync(rows, targetId);
        return await ReadKnownAsync(rows, targetId, type);
    }

    internal static async Task<List<OrganizationPolicy>> ReadKnownAsync(RowReader rows, string targetId, string type)
    {
        var managed = OrganizationPolicy.Managed(type);
        var isDetached = await rows.FindAsync<string>(
            "SELECT policy_id FROM organization_detachment WHERE target_id = @targetId AND policy_id = @Id", new { targetId, managed.Id });
        var own = await rows.QueryAsync<OrganizationPolicies.Row>(
            """
            SELECT p.id, p.type, p.name, p.description, p.document
              FROM organization_attachment a JOIN organization_policy p ON p.id = a.policy_id
             WHERE a.target_id = @targetId AND p.type = @type ORDER BY p.id
            """,
            new { targetId, type });
        var policies = own.Select(row => row.ToPolicy());
        return [.. isDetached is null ? policies.Prepend(managed) : policies];
    }

    private async Task RefuseTargetAsync(RowReader rows, string targetId)
    {
        if (!string.Equals(targetId, organization.RootId, StringComparison.Ordinal)
            && await rows.FindAsync<string>("SELECT id FROM account WHERE id = @targetId", new { targetId }) is null)
        {
            throw new OrganizationTargetNotFound(targetId).AsException();
        }
    }
}
