using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>What the organization limits accounts to, compiled and kept in memory.</summary>
public sealed class OrganizationLimits
{
    private readonly Database database;
    private readonly CompiledPolicies compiled;
    private readonly RowCache<(AccountId Account, string Type), IReadOnlyList<IReadOnlyList<PolicyDocument>>> kept;

    /// <summary>Forgets what it keeps when something changes.</summary>
    public OrganizationLimits(Database database, CompiledPolicies compiled, IdentityChanges changes, Organization organization, TimeProvider time)
    {
        (this.database, this.compiled, Organization, kept) = (database, compiled, organization, new(most: 10_000, time));
        changes.Committed += (_, _) => kept.ForgetAll();
    }

    /// <summary>The organization.</summary>
    public Organization Organization { get; }

    /// <summary>
    /// The policies of a type on each level from the root to the account, of which every level must allow; none for the
    /// management account, which they do not bind (Organizations User Guide, "Service control policies").
    /// </summary>
    public ValueTask<IReadOnlyList<IReadOnlyList<PolicyDocument>>> FindAsync(AccountId account, string type, CancellationToken cancel) =>
        account == Organization.Management ? new([])
        : kept.TryGet((account, type), out var levels) ? new(levels)
        : kept.GetAsync((account, type), ReadAsync, cancel);

    private Task<IReadOnlyList<IReadOnlyList<PolicyDocument>>> ReadAsync((AccountId Account, string Type) key, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<IReadOnlyList<PolicyDocument>>>(
            async rows =>
            {
                var grammar = key.Type is OrganizationPolicyType.ServiceControl ? PolicyGrammar.OfIdentity : PolicyGrammar.Shared;
                var levels = new List<IReadOnlyList<PolicyDocument>>();
                foreach (var target in new[] { Organization.RootId, key.Account.ToString() })
                {
                    var policies = await OrganizationAttachments.ReadKnownAsync(rows, target, key.Type);

                    // Where all is allowed and nothing else said, there is nothing to ask.
                    if (policies is not [{ IsAwsManaged: true }])
                    {
                        levels.Add([.. policies.Select(policy => compiled.Get(policy.Document, grammar))]);
                    }
                }

                return levels;
            },
            cancel);
}
