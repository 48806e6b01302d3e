using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// Managed policies. What is not found is <see cref="IdentityNotFound"/>, what is no ARN <see cref="IdentityValidationFailed"/>, and
/// a change of what is AWS's <see cref="IdentityInputInvalid"/>.
/// </summary>
public sealed class ManagedPolicies(Database database, IamEntities entities)
{
    private static readonly string[] InUse =
    [
        "SELECT 1 FROM iam_attachment WHERE policy_arn = @Arn LIMIT 1", "SELECT 1 FROM iam_entity WHERE boundary = @Arn LIMIT 1",
    ];

    /// <summary>Makes a policy with its first version. Faults also: <see cref="EntityAlreadyExists"/>, <see cref="PolicyMalformed"/>, <see cref="IdentityQuotaExceeded"/>.</summary>
    public Task<ManagedPolicy> CreateAsync(NewEntity made, string document, CancellationToken cancel)
    {
        PolicyTexts.CheckManaged(document);
        return database.WriteAsync(
            async tx =>
            {
                var policy = await entities.CreateAsync(tx, made);
                var created = policy.CreatedAt.ToUnixTimeMilliseconds();
                await tx.ExecuteAsync(
                    "INSERT INTO iam_policy (id, default_version, latest_version, updated_at) VALUES (@Id, 1, 1, @created)", new { policy.Id, created });
                await tx.ExecuteAsync(
                    "INSERT INTO iam_policy_version (policy_id, version, document, created_at) VALUES (@Id, 1, @document, @created)",
                    new { policy.Id, document, created });
                return await ReadAsync(tx, made.Name.Scope, policy.Arn);
            },
            cancel);
    }

    /// <summary>The policy of that ARN as an account sees it.</summary>
    public Task<ManagedPolicy> GetAsync(AccountScope scope, string arn, CancellationToken cancel) =>
        database.ReadAsync(rows => ReadAsync(rows, scope, arn), cancel);

    /// <summary>The name of the account's own policy of that ARN.</summary>
    public Task<EntityName> GetOwnNameAsync(AccountScope scope, string arn, CancellationToken cancel) => database.ReadAsync(
        async rows => new EntityName(scope, EntityKind.Policy, (await PolicyRow.GetAsync(rows, arn)).Name), cancel);

    /// <summary>A page of policies in the order of <see cref="ManagedPolicy.Key"/>.</summary>
    /// <param name="scope">The account.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="after">The key of the last before it; null for the first page.</param>
    /// <param name="limit">The most on it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<ManagedPolicy>> ListAsync(
        AccountScope scope, PolicyFilter filter, string? after, int limit, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<ManagedPolicy>>(
        async rows =>
        {
            var ofAws = filter.OfAws ? await ListOfAwsAsync(rows, scope, filter) : [];
            var local = filter.Local ? await PolicyRow.ListAsync(rows, scope, filter, after, limit) : [];
            return
            [
                .. ofAws.Where(policy => string.CompareOrdinal(policy.Key, after ?? "") > 0)
                    .Concat(await PolicyUses.CountAsync(rows, scope, [.. local.Select(row => row.ToPolicy())]))
                    .OrderBy(policy => policy.Key, StringComparer.Ordinal)
                    .Take(limit),
            ];
        },
        cancel);

    /// <summary>Deletes a policy that nobody has and that has no version but its default. Fault also: <see cref="EntityInUse"/>.</summary>
    public Task DeleteAsync(string arn, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var policy = await PolicyRow.GetAsync(tx, arn);
            foreach (var use in InUse)
            {
                if (await tx.FindAsync<long?>(use, new { policy.Arn }) is not null)
                {
                    throw new EntityInUse("Cannot delete a policy attached to entities.").AsException();
                }
            }

            if (await tx.FindAsync<long>("SELECT COUNT(*) FROM iam_policy_version WHERE policy_id = @Id", new { policy.Id }) > 1)
            {
                throw new EntityInUse(
                    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
                    + "The default version is deleted with the policy.").AsException();
            }

            await tx.ExecuteAsync("DELETE FROM iam_policy_version WHERE policy_id = @Id", new { policy.Id });
            await tx.ExecuteAsync("DELETE FROM iam_policy WHERE id = @Id", new { policy.Id });
            await entities.DeleteAsync(tx, policy.Id);
        },
        cancel);

    /// <summary>A page of those who have a policy, in the order of their ids.</summary>
    public Task<IReadOnlyList<Entity>> ListUsersAsync(AccountScope scope, PolicyUsers asked, EntityPage page, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var policy = await ReadAsync(rows, scope, asked.PolicyArn);
                return await PolicyUses.ListAsync(rows, scope, asked with { PolicyArn = policy.Arn }, page);
            },
            cancel);

    private static async Task<ManagedPolicy> ReadAsync(RowReader rows, AccountScope scope, string arn)
    {
        if (AwsManagedPolicies.Find(arn) is { } ofAws)
        {
            return (await PolicyUses.CountAsync(rows, scope, [ManagedPolicy.Of(ofAws, scope.Partition)]))[0];
        }

        var row = await PolicyRow.GetAsync(rows, arn);
        return (await PolicyUses.CountAsync(rows, scope, [row.ToPolicy()]))[0] with { Tags = await IamEntities.TagsAsync(rows, row.Id) };
    }

    private static async Task<IReadOnlyList<ManagedPolicy>> ListOfAwsAsync(RowReader rows, AccountScope scope, PolicyFilter filter)
    {
        var under = AwsManagedPolicies.All.Where(policy => policy.Path.StartsWith(filter.PathPrefix, StringComparison.Ordinal));
        var counted = await PolicyUses.CountAsync(rows, scope, [.. under.Select(policy => ManagedPolicy.Of(policy, scope.Partition))]);
        return [.. counted.Where(policy => (policy.Attachments > 0 || !filter.IsAttached) && (policy.Boundaries > 0 || !filter.IsBoundary))];
    }
}
