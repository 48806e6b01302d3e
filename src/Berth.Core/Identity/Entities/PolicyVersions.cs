using System.Globalization;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>The versions of managed policies. Which one is the default counts at once, for everybody who has the policy. Faults as in <see cref="ManagedPolicies"/>.</summary>
public sealed class PolicyVersions(Database database, IamEntities entities, TimeProvider time)
{
    /// <summary>The most versions a policy may have at once (IAM quotas).</summary>
    public const int Most = 5;

    private const string Columns =
        """
        v.policy_id, v.version AS number, v.document, v.created_at,
            CASE WHEN v.version = p.default_version THEN TRUE ELSE FALSE END AS is_default
        """;

    /// <summary>Adds a version. Faults also: <see cref="PolicyMalformed"/>, <see cref="TooManyPolicyVersions"/>.</summary>
    public Task<PolicyVersion> CreateAsync(string arn, string document, bool asDefault, CancellationToken cancel)
    {
        PolicyTexts.CheckManaged(document);
        return database.WriteAsync(
            async tx =>
            {
                var policy = await PolicyRow.GetAsync(tx, arn);
                if (await tx.FindAsync<long>("SELECT COUNT(*) FROM iam_policy_version WHERE policy_id = @Id", new { policy.Id }) >= Most)
                {
                    throw new TooManyPolicyVersions(Most).AsException();
                }

                var number = policy.LatestVersion + 1;
                await tx.ExecuteAsync(
                    "INSERT INTO iam_policy_version (policy_id, version, document, created_at) VALUES (@Id, @number, @document, @now)",
                    new { policy.Id, number, document, now = Now });
                await tx.ExecuteAsync("UPDATE iam_policy SET latest_version = @number WHERE id = @Id", new { policy.Id, number });
                if (asDefault)
                {
                    await SetDefaultAsync(tx, policy, number);
                }

                return await GetAsync(tx, policy, number);
            },
            cancel);
    }

    /// <summary>A version of a policy, also of one of AWS.</summary>
    public Task<PolicyVersion> GetAsync(string arn, int number, CancellationToken cancel) =>
        AwsManagedPolicies.Find(arn) is { } ofAws
            ? Task.FromResult(number == ofAws.Version ? Of(ofAws) : throw NotFound(arn, number))
            : database.ReadAsync(async rows => await GetAsync(rows, await PolicyRow.GetAsync(rows, arn), number), cancel);

    /// <summary>All versions, the latest first.</summary>
    public Task<IReadOnlyList<PolicyVersion>> ListAsync(string arn, CancellationToken cancel) =>
        AwsManagedPolicies.Find(arn) is { } ofAws
            ? Task.FromResult<IReadOnlyList<PolicyVersion>>([Of(ofAws)])
            : database.ReadAsync<IReadOnlyList<PolicyVersion>>(
                async rows =>
                {
                    var id = (await PolicyRow.GetAsync(rows, arn)).Id;
                    return [.. (await ReadAsync(rows, [id]))[id]];
                },
                cancel);

    /// <summary>Has another version count.</summary>
    public Task SetDefaultAsync(string arn, int number, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var policy = await PolicyRow.GetAsync(tx, arn);
            await GetAsync(tx, policy, number);
            await SetDefaultAsync(tx, policy, number);
        },
        cancel);

    /// <summary>Deletes a version that does not count. Fault also: <see cref="EntityInUse"/> for the default.</summary>
    public Task DeleteAsync(string arn, int number, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var policy = await PolicyRow.GetAsync(tx, arn);
            if ((await GetAsync(tx, policy, number)).IsDefault)
            {
                throw new EntityInUse("Cannot delete the default version of a policy.").AsException();
            }

            await tx.ExecuteAsync("DELETE FROM iam_policy_version WHERE policy_id = @Id AND version = @number", new { policy.Id, number });
        },
        cancel);

    private long Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()).ToUnixTimeMilliseconds();

    private async Task SetDefaultAsync(Transaction tx, PolicyRow policy, int number)
    {
        await tx.ExecuteAsync(
            "UPDATE iam_policy SET default_version = @number, updated_at = @now WHERE id = @Id", new { policy.Id, number, now = Now });
        entities.Changed(tx);
    }

    private static async Task<PolicyVersion> GetAsync(RowReader rows, PolicyRow policy, int number) =>
        (await rows.FindAsync<Row>(
            $"SELECT {Columns} FROM iam_policy_version v JOIN iam_policy p ON p.id = v.policy_id WHERE v.policy_id = @Id AND v.version = @number",
            new { policy.Id, number }))?.ToVersion() ?? throw NotFound(policy.Arn, number);

    /// <summary>All versions of many policies by the policies' ids, each the latest first.</summary>
    internal static async Task<ILookup<string, PolicyVersion>> ReadAsync(RowReader rows, IReadOnlyList<string> policyIds)
    {
        var wanted = new ValueList("id", policyIds);
        return (await rows.QueryAsync<Row>(
                $"""
                SELECT {Columns} FROM iam_policy_version v JOIN iam_policy p ON p.id = v.policy_id
                 WHERE v.policy_id IN {wanted} ORDER BY v.policy_id, v.version DESC
                """,
                wanted.With(new { })))
            .ToLookup(row => row.PolicyId, row => row.ToVersion(), StringComparer.Ordinal);
    }

    /// <summary>The one version that a policy of AWS has here.</summary>
    internal static PolicyVersion Of(AwsManagedPolicy policy) => new(policy.Version, policy.Document, IsDefault: true, policy.UpdatedAt);

    private static FaultException NotFound(string arn, int number) => new IdentityNotFound(
        string.Create(CultureInfo.InvariantCulture, $"Policy {arn} version v{number} does not exist or is not attachable.")).AsException();

    private sealed record Row
    {
        public string PolicyId { get; init; } = "";

        public int Number { get; init; }

        public string Document { get; init; } = "";

        public bool IsDefault { get; init; }

        public long CreatedAt { get; init; }

        public PolicyVersion ToVersion() => new(Number, Document, IsDefault, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
