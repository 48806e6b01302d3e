using Berth.Identity;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Who may use a registry and its repositories: the policies of registries, which count in every request.</summary>
public sealed class RegistryPolicies(Database database, RepositoryAccess access)
{
    /// <summary>
    /// Sets or replaces the policy, and returns it as ECR prints it. Nothing overrides a policy that locks out its author, so it
    /// is refused. Faults: <see cref="ResourcePolicyInvalid"/>, <see cref="PolicyPrincipalNotFound"/>.
    /// </summary>
    public Task<string> PutAsync(RegistryId registry, string text, Caller author, CancellationToken cancel)
    {
        var document = ResourcePolicyRules.OfRegistry.Read(text);
        return database.WriteAsync(
            async tx =>
            {
                if (await AccountSettings.HasOlderScopeAsync(tx, registry))
                {
                    ResourcePolicyRules.OfRegistryInOlderScope.Read(text);
                }

                var stored = await PolicyIntake.ToStoredAsync(tx, text);
                if (await PolicyIntake.LocksOutAsync(tx, document, author, ("ecr:PutRegistryPolicy", "*", registry.Account)))
                {
                    throw ResourcePolicyRules.OfRegistry.Refuse($"'{author.Arn}' could not set another policy");
                }

                await tx.ExecuteAsync(
                    """
                    INSERT INTO registry_policy (account, region, document) VALUES (@account, @region, @stored)
                        ON CONFLICT (account, region) DO UPDATE SET document = @stored
                    """,
                    new { account = registry.Account.ToString(), region = registry.Region.ToString(), stored });
                access.Changed(tx);
                return await PolicyIntake.PrintAsync(tx, stored, registry);
            },
            cancel);
    }

    /// <summary>The policy as ECR prints it. Fault: <see cref="RegistryPolicyNotFound"/>.</summary>
    public Task<string> GetAsync(RegistryId registry, CancellationToken cancel) =>
        database.ReadAsync(rows => GetAsync(rows, registry), cancel);

    /// <summary>Whether the policy is the one that a text would set. Fault: <see cref="PolicyPrincipalNotFound"/>.</summary>
    public Task<bool> IsAsync(RegistryId registry, string text, CancellationToken cancel) => database.ReadAsync(
        async rows => string.Equals(await FindStoredAsync(rows, registry), await PolicyIntake.ToStoredAsync(rows, text), StringComparison.Ordinal),
        cancel);

    /// <summary>Removes the policy, and returns what it was. Fault: <see cref="RegistryPolicyNotFound"/>.</summary>
    public Task<string> DeleteAsync(RegistryId registry, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var printed = await GetAsync(tx, registry);
            await tx.ExecuteAsync(
                "DELETE FROM registry_policy WHERE account = @account AND region = @region",
                new { account = registry.Account.ToString(), region = registry.Region.ToString() });
            access.Changed(tx);
            return printed;
        },
        cancel);

    private static async Task<string> GetAsync(RowReader rows, RegistryId registry) =>
        await FindStoredAsync(rows, registry) is { } stored
            ? await PolicyIntake.PrintAsync(rows, stored, registry)
            : throw new RegistryPolicyNotFound(registry).AsException();

    private static Task<string?> FindStoredAsync(RowReader rows, RegistryId registry) => rows.FindAsync<string>(
        "SELECT document FROM registry_policy WHERE account = @account AND region = @region",
        new { account = registry.Account.ToString(), region = registry.Region.ToString() });
}
