using Berth.Server.Aws;
using Berth.Server.CloudFormation;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.Hosting;

/// <summary>
/// Stacks, put together. Their resources are made by operations, which are there only after the stacks' own: the types are made when they
/// are first asked for.
/// </summary>
internal sealed class StackWires
{
    private readonly Domain domain;
    private readonly StackParts parts;
    private readonly StackChanges changes;
    private readonly Lazy<IReadOnlyList<ResourceType>> types;
    private ForwardedCalls? calls;

    public StackWires(Domain domain, (RegistryHosts Hosts, Authorizer Authorizer) gate, ILoggerFactory loggers, TimeProvider time)
    {
        this.domain = domain;
        var stores = domain.Stores;
        parts = new()
        {
            Database = stores.Database,
            Jobs = domain.Jobs,
            Types = new(() => domain.ResourceTypes ?? Types),
            Callers = new(stores.Keyring, domain.RoleAccess, domain.SessionTokens, time),
            Templates = new(new UploadedTemplates(domain.TemplateBuckets, domain.TemplateObjects, gate.Authorizer, time).ReadAsync),
            Ids = stores.Ids,
            Time = time,
            Log = loggers.CreateLogger<StackJobHandler>(),
        };
        changes = new(parts);
        types = new(() => ResourceTypes.Create(TypeParts(gate.Hosts)));
        Handler = new(parts);
    }

    /// <summary>The types of resources that templates may ask for.</summary>
    public IReadOnlyList<ResourceType> Types => types.Value;

    /// <summary>Does the work on stacks.</summary>
    public StackJobHandler Handler { get; }

    /// <summary>What the operations of stacks are made with.</summary>
    public CloudFormationParts Parts(Authorizer authorizer) => new()
    {
        Changes = changes,
        Reads = new(domain.Stores.Database),
        ChangeSets = new(parts, changes),
        Templates = new(parts),
        Authorizer = authorizer,
        PageTokens = new(domain.Stores.Keyring),
    };

    /// <summary>Gives the types the calls that they make resources by.</summary>
    public void Connect(ForwardedCalls forwarded) => calls = forwarded;

    private ResourceTypeParts TypeParts(RegistryHosts hosts) => new(calls!, new(parts, changes))
    {
        Repositories = domain.Repositories,
        RepositoryPolicies = domain.RepositoryPolicies,
        LifecyclePolicies = domain.LifecyclePolicies,
        RegistryPolicies = domain.RegistryPolicies,
        CreationTemplates = domain.CreationTemplates,
        PullTimeExclusions = domain.PullTimeExclusions,
        Entities = domain.Entities,
        ManagedPolicies = domain.ManagedPolicies,
        InstanceProfiles = domain.InstanceProfiles,
        Networks = domain.Networks,
        Hosts = hosts,
        Ids = domain.Stores.Ids,
    };
}
