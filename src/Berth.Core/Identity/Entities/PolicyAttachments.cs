using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>The managed policies that are attached to users, groups and roles.</summary>
public sealed class PolicyAttachments(Database database, IamEntities entities)
{
    /// <summary>The most on one user, group or role (IAM quotas).</summary>
    public const int Most = 10;

    /// <summary>
    /// Attaches a policy, as it may be already. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityNotFound"/> (the policy),
    /// <see cref="IdentityValidationFailed"/> (its ARN), <see cref="IdentityQuotaExceeded"/>, <see cref="EntityUnmodifiable"/>.
    /// </summary>
    public Task AttachAsync(EntityName owner, string policyArn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, owner);
            ProtectedRoles.RefuseChange(entity);
            await ManagedPolicyRow.RefuseUnattachableAsync(tx, entity.Account, policyArn, "Policy");
            await tx.ExecuteAsync(
                "INSERT INTO iam_attachment (entity_id, policy_arn) VALUES (@Id, @policyArn) ON CONFLICT (entity_id, policy_arn) DO NOTHING",
                new { entity.Id, policyArn });
            if (await tx.FindAsync<long>("SELECT COUNT(*) FROM iam_attachment WHERE entity_id = @Id", new { entity.Id }) > Most)
            {
                throw new IdentityQuotaExceeded(Quota(entity.Kind), Most).AsException();
            }

            entities.Changed(tx);
        },
        cancel);

    /// <summary>
    /// Detaches a policy. Faults: <see cref="EntityNotFound"/>, <see cref="IdentityNotFound"/> when it is not attached,
    /// <see cref="EntityUnmodifiable"/>.
    /// </summary>
    public Task DetachAsync(EntityName owner, string policyArn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, owner);
            ProtectedRoles.RefuseChange(entity);
            if (await tx.ExecuteAsync("DELETE FROM iam_attachment WHERE entity_id = @Id AND policy_arn = @policyArn", new { entity.Id, policyArn }) == 0)
            {
                throw new IdentityNotFound($"Policy {policyArn} was not found.").AsException();
            }

            entities.Changed(tx);
        },
        cancel);

    /// <summary>
    /// A page of the policies that are attached, in the order of their names. Fault: <see cref="EntityNotFound"/>.
    /// </summary>
    /// <param name="owner">The user, group or role.</param>
    /// <param name="page">Which; what it comes after is the <see cref="AttachedPolicy.Key"/> of the last before it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<AttachedPolicy>> ListAsync(EntityName owner, EntityPage page, CancellationToken cancel)
    {
        // There are ten at most: what is wanted of them is picked here.
        var attached = await database.ReadAsync(
            async rows =>
            {
                var id = (await EntityRow.GetAsync(rows, owner)).Id;
                return (await ReadAsync(rows, [id]))[id];
            },
            cancel);
        return
        [
            .. attached.Where(policy => policy.Path.StartsWith(page.PathPrefix, StringComparison.Ordinal))
                .SkipWhile(policy => page.After is { } after && string.CompareOrdinal(policy.Key, after) <= 0)
                .Take(page.Limit),
        ];
    }

    /// <summary>The policies attached to many by the ids of these, each in the order of <see cref="AttachedPolicy.Key"/>.</summary>
    internal static async Task<ILookup<string, AttachedPolicy>> ReadAsync(RowReader rows, IReadOnlyList<string> entityIds)
    {
        var wanted = new ValueList("id", entityIds);
        return (await rows.QueryAsync<Row>(
                $"SELECT entity_id, policy_arn FROM iam_attachment WHERE entity_id IN {wanted}", wanted.With(new { })))
            .Select(row => (row.EntityId, Policy: new AttachedPolicy(row.PolicyArn)))
            .OrderBy(row => row.Policy.Key, StringComparer.Ordinal)
            .ToLookup(row => row.EntityId, row => row.Policy, StringComparer.Ordinal);
    }

    private static string Quota(EntityKind kind) => $"Policies{(kind == EntityKind.User ? "PerUser" : kind == EntityKind.Group ? "PerGroup" : "PerRole")}";

    private sealed record Row
    {
        public string EntityId { get; init; } = "";

        public string PolicyArn { get; init; } = "";
    }
}

/// <summary>A managed policy as it is attached.</summary>
/// <param name="Arn">Its ARN, whose name and path are the policy's.</param>
public sealed record AttachedPolicy(string Arn)
{
    /// <summary>What follows the last slash.</summary>
    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];

    /// <summary>Begins and ends with a slash.</summary>
    public string Path => Arn[Arn.IndexOf('/', StringComparison.Ordinal)..(Arn.LastIndexOf('/') + 1)];

    /// <summary>By what attached policies are ordered: a policy of AWS may have the name of one of the account's.</summary>
    public string Key => $"{Name} {Arn.Split(':', 6)[4]}";
}
