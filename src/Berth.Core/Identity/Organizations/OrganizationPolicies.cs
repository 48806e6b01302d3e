using Berth.Identity.Entities;
using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>The policies of the organization, as they are written and read by its management.</summary>
public sealed class OrganizationPolicies(Database database, IdentityChanges changes, Ids ids)
{
    private const int LongestDocument = 5_120;
    private const string Columns = "id, type, name, description, document";

    /// <summary>Makes a policy. Faults: <see cref="OrganizationPolicyExists"/>, <see cref="PolicyMalformed"/>.</summary>
    public Task<OrganizationPolicy> CreateAsync(OrganizationPolicy given, CancellationToken cancel)
    {
        Check(given);
        var policy = given with { Id = ids.NewOrganizationPolicyId() };
        return database.WriteAsync(
            async tx =>
            {
                await RefuseNameAsync(tx, policy);
                await tx.ExecuteAsync(
                    "INSERT INTO organization_policy (id, type, name, description, document) VALUES (@Id, @Type, @Name, @Description, @Document)",
                    policy);
                return policy;
            },
            cancel);
    }

    /// <summary>Changes a policy; what is null stays. Faults: as <see cref="CreateAsync"/>, <see cref="OrganizationPolicyNotFound"/>.</summary>
    public Task<OrganizationPolicy> UpdateAsync(string id, Func<OrganizationPolicy, OrganizationPolicy> change, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var policy = change(await GetAsync(tx, id));
                RefuseManaged(policy);
                Check(policy);
                await RefuseNameAsync(tx, policy);
                await tx.ExecuteAsync(
                    "UPDATE organization_policy SET name = @Name, description = @Description, document = @Document WHERE id = @Id", policy);
                changes.Follow(tx);
                return policy;
            },
            cancel);

    /// <summary>Deletes a policy. Faults: <see cref="OrganizationPolicyNotFound"/>, <see cref="OrganizationPolicyInUse"/>.</summary>
    public Task DeleteAsync(string id, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            RefuseManaged(await GetAsync(tx, id));
            if (await tx.FindAsync<string>("SELECT target_id FROM organization_attachment WHERE policy_id = @id LIMIT 1", new { id }) is not null)
            {
                throw new OrganizationPolicyInUse(id).AsException();
            }

            await tx.ExecuteAsync("DELETE FROM organization_policy WHERE id = @id", new { id });
        },
        cancel);

    /// <summary>The policy, or the fault <see cref="OrganizationPolicyNotFound"/>.</summary>
    public Task<OrganizationPolicy> GetAsync(string id, CancellationToken cancel) => database.ReadAsync(rows => GetAsync(rows, id), cancel);

    /// <summary>A page of the policies of a type in the order of their ids; AWS's stands first.</summary>
    public async Task<IReadOnlyList<OrganizationPolicy>> ListAsync(string type, string? after, int limit, CancellationToken cancel)
    {
        var found = await database.ReadAsync(
            rows => rows.QueryAsync<Row>(
                $"SELECT {Columns} FROM organization_policy WHERE type = @type AND id > @from ORDER BY id LIMIT @limit",
                new { type, from = string.Equals(after, OrganizationPolicy.Managed(type).Id, StringComparison.Ordinal) ? "" : after ?? "", limit }),
            cancel);
        var own = found.Select(row => row.ToPolicy());
        return [.. (after is null ? own.Prepend(OrganizationPolicy.Managed(type)) : own).Take(limit)];
    }

    internal static async Task<OrganizationPolicy> GetAsync(RowReader rows, string id) =>
        new[] { OrganizationPolicy.FullAccess, OrganizationPolicy.FullResourceAccess }
            .FirstOrDefault(managed => string.Equals(managed.Id, id, StringComparison.Ordinal))
        ?? (await rows.FindAsync<Row>($"SELECT {Columns} FROM organization_policy WHERE id = @id", new { id }))?.ToPolicy()
        ?? throw new OrganizationPolicyNotFound(id).AsException();

    private static void Check(OrganizationPolicy policy)
    {
        if (policy.Document.Length > LongestDocument)
        {
            throw new OrganizationConstraintViolated($"You have exceeded the allowed size of a policy: {LongestDocument}").AsException();
        }

        if (policy.Type is OrganizationPolicyType.ServiceControl)
        {
            PolicyTexts.CheckIdentity(policy.Document);
            return;
        }

        try
        {
            PolicyReader.Read(policy.Document, PolicyGrammar.Shared);
        }
        catch (PolicyFormatException broken)
        {
            throw new PolicyMalformed(broken.Located).AsException();
        }
    }

    private static void RefuseManaged(OrganizationPolicy policy)
    {
        if (string.Equals(policy.Id, OrganizationPolicy.Managed(policy.Type).Id, StringComparison.Ordinal))
        {
            throw new OrganizationConstraintViolated($"the policy '{policy.Id}' is AWS's and cannot be changed").AsException();
        }
    }

    private static async Task RefuseNameAsync(Transaction tx, OrganizationPolicy policy)
    {
        var isManaged = string.Equals(policy.Name, OrganizationPolicy.Managed(policy.Type).Name, StringComparison.Ordinal);
        if (isManaged || await tx.FindAsync<string>(
            "SELECT id FROM organization_policy WHERE type = @Type AND name = @Name AND id <> @Id", policy) is not null)
        {
            throw new OrganizationPolicyExists(policy.Name).AsException();
        }
    }

    internal sealed record Row
    {
        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public string Name { get; init; } = "";

        public string Description { get; init; } = "";

        public string Document { get; init; } = "";

        public OrganizationPolicy ToPolicy() => new(Id, Type, Name, Description, Document);
    }
}
