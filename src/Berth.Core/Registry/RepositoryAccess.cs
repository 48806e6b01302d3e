using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>What decides who may use a repository, from the repository's side.</summary>
/// <param name="Policies">The repository's policy and its registry's, as far as there are such.</param>
/// <param name="Tags">The repository's tags.</param>
public sealed record RepositoryRules(IReadOnlyList<PolicyDocument> Policies, IReadOnlyList<ResourceTag> Tags)
{
    /// <summary>Neither policy nor tag.</summary>
    public static RepositoryRules None { get; } = new([], []);

    /// <summary>The repository's policy alone, where that of the registry speaks of a few actions only; null where it speaks of all.</summary>
    public IReadOnlyList<PolicyDocument>? BesideOlderScope { get; init; }

    /// <summary>The policies that speak of an action.</summary>
    /// <param name="action">Such as <c>ecr:PutImage</c>.</param>
    public IReadOnlyList<PolicyDocument> PoliciesOn(string action) =>
        BesideOlderScope is not { } own || ResourcePolicyRules.IsInOlderScope(action) ? Policies : own;
}

/// <summary>The policies and tags of repositories and registries, compiled and kept in memory for the decision over every request.</summary>
public sealed class RepositoryAccess
{
    private readonly Database database;
    private readonly CompiledPolicies compiled;
    private readonly RowCache<(RegistryId Registry, string? Name), RepositoryRules> kept;

    /// <summary>Forgets what it keeps when something of IAM changes, whose users and roles policies name.</summary>
    public RepositoryAccess(Database database, CompiledPolicies compiled, IdentityChanges changes, TimeProvider time)
    {
        (this.database, this.compiled, kept) = (database, compiled, new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The rules for a repository, whether or not it exists; without a name those for all of a registry.</summary>
    public ValueTask<RepositoryRules> FindAsync(RegistryId registry, string? name, CancellationToken cancel) =>
        kept.TryGet((registry, name), out var rules) ? new(rules) : kept.GetAsync((registry, name), ReadAsync, cancel);

    /// <summary>Forgets what is kept as a transaction commits that changes policies, tags, or which repositories there are.</summary>
    internal void Changed(Transaction tx) => tx.OnCommitted(kept.ForgetAll);

    private Task<RepositoryRules> ReadAsync((RegistryId Registry, string? Name) key, CancellationToken cancel) =>
        database.ReadAsync(rows => ReadAsync(rows, key.Registry, key.Name), cancel);

    private async Task<RepositoryRules> ReadAsync(RowReader rows, RegistryId registry, string? name)
    {
        var policies = new List<PolicyDocument>();
        var tags = RepositoryRules.None.Tags;
        if (name is not null
            && RepositoryName.TryParse(name, out var repositoryName)
            && await Repositories.FindAsync(rows, new RepositoryId(registry, repositoryName)) is { } repository)
        {
            if (await rows.FindAsync<string>("SELECT document FROM repository_policy WHERE repository_id = @Key", new { repository.Key }) is { } text)
            {
                policies.Add(compiled.Get(await PrincipalNames.ToArnsAsync(rows, text), PolicyGrammar.OfResource));
            }

            tags = await ResourceTags.ListAsync(rows, repository.Key);
        }

        IReadOnlyList<PolicyDocument> own = [.. policies];
        if (await rows.FindAsync<string>(
            "SELECT document FROM registry_policy WHERE account = @account AND region = @region",
            new { account = registry.Account.ToString(), region = registry.Region.ToString() }) is { } document)
        {
            policies.Add(compiled.Get(await PrincipalNames.ToArnsAsync(rows, document), PolicyGrammar.Shared));
        }

        return new(policies, tags) { BesideOlderScope = await AccountSettings.HasOlderScopeAsync(rows, registry) ? own : null };
    }
}
