using Berth.Collection;
using Berth.Identity;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Identity.Sessions;
using Berth.Jobs;
using Berth.Lifecycle;
using Berth.Registry;

namespace Berth.Server.Hosting;

/// <summary>What a registry means, put together: every class of the domain, once.</summary>
internal sealed class Domain : IAsyncDisposable
{
    private readonly UploadSessions sessions = new();

    public Domain(Stores stores, Retention retention, LifecycleSettings lifecycle, TimeProvider time)
    {
        Stores = stores;
        var (database, blobs, ids, quotas) = (stores.Database, stores.Blobs, stores.Ids, new Quotas());
        Jobs = new(time, ids);
        var compiled = new CompiledPolicies();
        Permissions = new(database, compiled, IdentityChanges, time);
        Entities = new(database, IdentityChanges, ids, time);
        Roles = new(database, Entities);
        ServiceRoles = new(database, Entities, Roles);
        ManagedPolicies = new(database, Entities);
        PolicyVersions = new(database, Entities, time);
        PermissionsBoundaries = new(database, Entities);
        InstanceProfiles = new(database, Entities);
        Users = new(database, Entities);
        Groups = new(database, Entities);
        Renaming = new(database, Entities);
        InlinePolicies = new(database, Entities);
        Attachments = new(database, Entities);
        OidcProviders = new(database, Entities);
        EntityAccess = new(database, IdentityChanges, time);
        RoleUses = new(database, time);
        RoleAccess = new(database, compiled, IdentityChanges, time);
        OrganizationPolicies = new(database, IdentityChanges, ids);
        OrganizationAttachments = new(database, IdentityChanges, stores.Organization);
        OrganizationLimits = new(database, compiled, IdentityChanges, stores.Organization, time);
        MemberAccounts = new(database);
        AccountCreations = new(database, new(Roles, InlinePolicies, stores.Organization), ids, time);
        SessionTokens = new(stores.Keyring, ids);
        NewSessions = new(SessionTokens, Permissions, time);
        Machines = new(database, stores.Keyring, IdentityChanges, ids, time);
        MachineRoles = new(database, RoleAccess, SessionTokens, time);
        RepositoryAccess = new(database, compiled, IdentityChanges, time);
        RepositoryPolicies = new(database, RepositoryAccess);
        RegistryPolicies = new(database, RepositoryAccess);
        Repositories = new(database, RepositoryAccess, quotas, ids, time);
        RepositoryDeletion = new(database, RepositoryAccess, Jobs, time);
        ResourceTags = new(database, RepositoryAccess, quotas);
        Images = new(database, quotas, time);
        ImageListing = new(database);
        ImageDeletion = new(database, time);
        Referrers = new(database);
        LifecyclePolicies = new(database, Jobs, lifecycle, ids, time);
        LifecyclePreviews = new(database, LifecyclePolicies, Jobs, ids, time);
        Layers = new(database, blobs, retention, time);
        Uploads = new(database, new(database, blobs, quotas, time), sessions, ids, time);
        Collector = new(database, blobs, sessions, time);
        CollectionSchedule = new(database, Jobs, time);
        JobHandlers =
        [
            new PurgeRepositoryHandler(new(database, blobs, sessions, time)),
            new CollectGarbageHandler(Collector, retention, time),
            new LifecycleRunHandler(database, new(database, lifecycle, (_, _) => Task.CompletedTask, ids, time), lifecycle, time),
            new LifecyclePreviewHandler(database, lifecycle),
            new SweepStoreHandler(Collector, retention, time),
        ];
    }

    /// <summary>What it is kept in.</summary>
    public Stores Stores { get; }

    public JobQueue Jobs { get; }

    public IdentityChanges IdentityChanges => Stores.IdentityChanges;

    public Permissions Permissions { get; }

    public IamEntities Entities { get; }

    public IamRoles Roles { get; }

    public ServiceRoles ServiceRoles { get; }

    public ManagedPolicies ManagedPolicies { get; }

    public PolicyVersions PolicyVersions { get; }

    public PermissionsBoundaries PermissionsBoundaries { get; }

    public InstanceProfiles InstanceProfiles { get; }

    public IamUsers Users { get; }

    public IamGroups Groups { get; }

    public Renaming Renaming { get; }

    public InlinePolicies InlinePolicies { get; }

    public PolicyAttachments Attachments { get; }

    public OidcProviders OidcProviders { get; }

    public EntityAccess EntityAccess { get; }

    public RoleUses RoleUses { get; }

    public RoleAccess RoleAccess { get; }

    public OrganizationPolicies OrganizationPolicies { get; }

    public OrganizationAttachments OrganizationAttachments { get; }

    public OrganizationLimits OrganizationLimits { get; }

    public MemberAccounts MemberAccounts { get; }

    public AccountCreations AccountCreations { get; }

    public SessionTokens SessionTokens { get; }

    public NewSessions NewSessions { get; }

    public Machines Machines { get; }

    public MachineRoles MachineRoles { get; }

    public RepositoryAccess RepositoryAccess { get; }

    public RepositoryPolicies RepositoryPolicies { get; }

    public RegistryPolicies RegistryPolicies { get; }

    public Repositories Repositories { get; }

    public RepositoryDeletion RepositoryDeletion { get; }

    public ResourceTags ResourceTags { get; }

    public Images Images { get; }

    public ImageListing ImageListing { get; }

    public ImageDeletion ImageDeletion { get; }

    public Referrers Referrers { get; }

    public LifecyclePolicies LifecyclePolicies { get; }

    public LifecyclePreviews LifecyclePreviews { get; }

    public Layers Layers { get; }

    public Uploads Uploads { get; }

    public Collector Collector { get; }

    public CollectionSchedule CollectionSchedule { get; }

    public IReadOnlyList<JobHandler> JobHandlers { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sessions.DisposeAsync();
}
