using Berth.Collection;
using Berth.Creation;
using Berth.Identity;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Identity.Sessions;
using Berth.Jobs;
using Berth.Lifecycle;
using Berth.Network;
using Berth.Registry;
using Berth.Stacks;
using Berth.Stacks.Uploads;
using Berth.Trail;
using Berth.Trail.Export;

namespace Berth.Server.Hosting;

/// <summary>What a registry means, put together: every class of the domain, once.</summary>
internal sealed class Domain : IAsyncDisposable
{
    private readonly UploadSessions sessions = new();

    public Domain(Stores stores, BerthOptions options, TimeProvider time)
    {
        (Stores, Options) = (stores, options);
        var (database, blobs, ids, retention) = (stores.Database, stores.Blobs, stores.Ids, options.Retention);
        Jobs = new(time, ids);
        Trail = new(ids, time);
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
        Networks = new(new(database, ids, time), Machines);
        MachineRoles = new(database, RoleAccess, SessionTokens, time);
        PodAssociations = new(database, IdentityChanges, ids, time);
        PodRoles = new(RoleAccess, SessionTokens, ids, time);
        RepositoryAccess = new(database, compiled, IdentityChanges, time);
        RepositoryPolicies = new(database, RepositoryAccess);
        RegistryPolicies = new(database, RepositoryAccess);
        AccountQuotas = new(database, time, options.Quotas);
        Doors = new(database, compiled, Networks.Objects, options.AccountId, time);
        DoorsOnly = new(database, time, options.DoorsOnly);
        AccountSettings = new(database, RepositoryAccess, time);
        Repositories = new(database, RepositoryAccess, AccountQuotas, ids, time);
        RepositoryDeletion = new(database, RepositoryAccess, Jobs, time);
        var lifecycle = options.Lifecycle with { Recycles = retention.HasRecycleBin };
        LifecyclePolicies = new(database, Jobs, lifecycle, ids, time);
        LifecyclePreviews = new(database, LifecyclePolicies, Jobs, ids, time);
        TemplateBuckets = new(database, time);
        TemplateObjects = new(database, time);
        CreationTemplates = new(database, LifecyclePolicies, time);
        ImplicitRepositories = new(
            database, Repositories, RepositoryAccess, LifecyclePolicies, (tx, made) => Trail.AppendServiceEventAsync(tx, ServiceEvents.Of(made)));
        ResourceTags = new(database, RepositoryAccess, AccountQuotas);
        var moves = new BlobMoves(database, blobs, ids, time);
        Images = new(database, moves, Jobs, AccountQuotas, time);
        ImageListing = new(database);
        ImageDeletion = new(database, retention, time);
        RecycledImages = new(database);
        ImageRecovery = new(database, moves, Jobs, AccountQuotas, time);
        ImageStorage = new(database, Jobs, AccountQuotas, time);
        ArchiveSchedule = new(database, Jobs);
        Referrers = new(database);
        PullTimeExclusions = new(database, AccountQuotas, time);
        PullTimes = new(database, time);
        Pulls = new(PullTimes, PullTimeExclusions, Permissions);
        Layers = new(database, blobs, retention, time);
        LayerMounts = new(Layers, AccountSettings);
        Uploads = new(database, new(database, blobs, AccountQuotas, time), sessions, ids, time);
        Collector = new(database, blobs, sessions, time);
        CollectionSchedule = new(database, Jobs, time);
        TrailSchedule = new(database, Jobs, options.Trail, time);
        JobHandlers =
        [
            new PurgeRepositoryHandler(new(database, blobs, sessions, time)),
            new MoveBlobsHandler(moves, time),
            new ActivateImagesHandler(new(database, moves, (tx, image) => Trail.AppendServiceEventAsync(tx, ServiceEvents.Of(image)), time)),
            new EmptyRecycleBinHandler(RecycledImages, retention, time),
            new CollectGarbageHandler(Collector, retention, time),
            new LifecycleRunHandler(
                database,
                new(database, lifecycle, (tx, run) => Trail.AppendServiceEventAsync(tx, ServiceEvents.Of(run)), ids, time),
                lifecycle,
                time),
            new LifecyclePreviewHandler(
                database, lifecycle, (tx, preview) => Trail.AppendServiceEventAsync(tx, ServiceEvents.OfPreview(preview)), time),
            new SweepStoreHandler(Collector, retention, time),
            new ForgetTrailHandler(database, options.Trail, time),
            new ExportTrailHandler(
                new(database, stores.Keyring, ids),
                options.Trail.Export is { } folder ? ExportFolders.Of(folder, options.Data) : null,
                options.Trail.ExportInterval,
                time),
        ];
    }

    /// <summary>What it is kept in.</summary>
    public Stores Stores { get; }

    /// <summary>What it is set to.</summary>
    public BerthOptions Options { get; }

    public JobQueue Jobs { get; }

    public TrailWriter Trail { get; }

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

    public Networks Networks { get; }

    public MachineRoles MachineRoles { get; }

    public PodAssociations PodAssociations { get; }

    public PodRoles PodRoles { get; }

    public RepositoryAccess RepositoryAccess { get; }

    public RepositoryPolicies RepositoryPolicies { get; }

    public RegistryPolicies RegistryPolicies { get; }

    public AccountQuotas AccountQuotas { get; }

    public AccountSettings AccountSettings { get; }

    public Doors Doors { get; }

    public DoorsOnly DoorsOnly { get; }

    public Repositories Repositories { get; }

    public RepositoryDeletion RepositoryDeletion { get; }

    public CreationTemplates CreationTemplates { get; }

    public ImplicitRepositories ImplicitRepositories { get; }

    public TemplateBuckets TemplateBuckets { get; }

    public TemplateObjects TemplateObjects { get; }

    public ResourceTags ResourceTags { get; }

    public Images Images { get; }

    public ImageListing ImageListing { get; }

    public ImageDeletion ImageDeletion { get; }

    public RecycledImages RecycledImages { get; }

    public ImageRecovery ImageRecovery { get; }

    public ImageStorage ImageStorage { get; }

    public ArchiveSchedule ArchiveSchedule { get; }

    public Referrers Referrers { get; }

    public LifecyclePolicies LifecyclePolicies { get; }

    public PullTimeExclusions PullTimeExclusions { get; }

    public PullTimes PullTimes { get; }

    public Pulls Pulls { get; }

    public LifecyclePreviews LifecyclePreviews { get; }

    public Layers Layers { get; }

    public LayerMounts LayerMounts { get; }

    public Uploads Uploads { get; }

    public Collector Collector { get; }

    public CollectionSchedule CollectionSchedule { get; }

    public TrailSchedule TrailSchedule { get; }

    public IReadOnlyList<JobHandler> JobHandlers { get; }

    /// <summary>The types of resources that tests put in the place of those that there are, before the first template is read.</summary>
    public IReadOnlyList<ResourceType>? ResourceTypes { get; set; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sessions.DisposeAsync();
}
