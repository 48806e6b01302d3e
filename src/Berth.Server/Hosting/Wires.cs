using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.LayerBucket;
using Berth.Server.Delivery;
using Berth.Server.Ecr;
using Berth.Server.Gate;
using Berth.Server.Iam;
using Berth.Server.Metadata;
using Berth.Server.Oci;
using Berth.Server.Organizations;
using Berth.Server.Sts;
using Berth.Server.Sts.WebIdentity;

namespace Berth.Server.Hosting;

/// <summary>One port, many names: what a request is, is decided by its path and host, and handed to the wire that speaks it.</summary>
internal sealed class Wires
{
    private readonly HealthEndpoint health;
    private readonly OciDispatcher oci;
    private readonly AwsEndpoint aws;
    private readonly LayerBucketEndpoint layerBucket;
    private readonly MetadataEndpoint metadata;

    /// <summary>Puts the wires before a domain.</summary>
    public Wires(Domain domain, AccessKeys keys, RegistryHosts hosts, ILoggerFactory loggers, TimeProvider time)
    {
        var stores = domain.Stores;
        var authorizer = new Authorizer(
            domain.Permissions,
            new(domain.RepositoryAccess, domain.RoleAccess, domain.EntityAccess),
            domain.OrganizationLimits,
            new(stores.Keyring),
            loggers.CreateLogger<Authorizer>());
        var tokens = new AuthorizationTokens(stores.Keyring, keys, domain.Permissions, stores.Ids);
        health = new(stores);
        oci = new(OciEndpoints(domain), new(new(tokens, time), authorizer, time), hosts, new(stores.Ids, loggers.CreateLogger<OciAnswers>()));
        Services = new(
            EcrService.Create(EcrParts(domain, hosts, tokens, authorizer)),
            IamService.Create(IamParts(domain, keys, authorizer)),
            OrganizationsService.Create(OrganizationParts(domain)),
            StsService.Create(StsParts(domain, keys, authorizer, new(time, loggers.CreateLogger<ProviderKeys>()))),
            DeliveryService.Create(DeliveryParts(domain, authorizer)));
        aws = new(
            Services,
            new(keys, domain.SessionTokens, domain.Permissions, domain.RoleUses, time),
            authorizer,
            new(stores.Ids, time, loggers.CreateLogger<AwsAnswers>()),
            time);
        layerBucket = new(domain.Layers, new(stores.Keyring), stores.Ids, time, loggers.CreateLogger<LayerBucketEndpoint>());
        metadata = new(
            new(domain.Machines, time),
            new(new(stores.Keyring, time), new(domain.MachineRoles, time)),
            new(domain.MachineRoles),
            stores.Ids,
            loggers.CreateLogger<MetadataEndpoint>());
    }

    /// <summary>The services of the AWS wire.</summary>
    public ServiceList Services { get; }

    /// <summary>Handles a request of whatever kind.</summary>
    public Task HandleAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/healthz" => HealthEndpoint.HealthAsync(http),
        "/readyz" => health.ReadyAsync(http),
        _ when http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) => oci.HandleAsync(http),
        _ when LayerBucketEndpoint.Serves(http.Request) => layerBucket.HandleAsync(http),
        _ when MetadataEndpoint.Serves(http.Request) => metadata.HandleAsync(http),
        _ => aws.HandleAsync(http),
    };

    /// <summary>The rows of the OCI wire.</summary>
    public static IReadOnlyList<OciEndpoint> OciEndpoints(Domain domain) =>
    [
        new Ping(),
        new PullManifest(domain.Images),
        new StatManifest(domain.Images),
        new PushManifest(domain.Images),
        new DeleteManifest(domain.ImageDeletion),
        new PullBlob(domain.Layers),
        new StatBlob(domain.Layers),
        new DeleteBlob(domain.Layers),
        new StartUpload(domain.Layers, domain.Uploads),
        new AppendUpload(domain.Uploads),
        new CompleteUpload(domain.Uploads),
        new UploadProgress(domain.Uploads),
        new CancelUpload(domain.Uploads),
        new ListTags(domain.ImageListing),
        new Catalog(domain.Repositories),
        new ListReferrers(domain.Referrers),
    ];

    private static OrganizationParts OrganizationParts(Domain domain) => new()
    {
        Organization = domain.Stores.Organization,
        Accounts = domain.MemberAccounts,
        AccountCreations = domain.AccountCreations,
        Policies = domain.OrganizationPolicies,
        Attachments = domain.OrganizationAttachments,
        PageTokens = new(domain.Stores.Keyring),
    };

    private static IamParts IamParts(Domain domain, AccessKeys keys, Authorizer authorizer) => new()
    {
        Entities = domain.Entities,
        Roles = domain.Roles,
        ServiceRoles = domain.ServiceRoles,
        Policies = domain.ManagedPolicies,
        PolicyVersions = domain.PolicyVersions,
        Boundaries = domain.PermissionsBoundaries,
        InstanceProfiles = domain.InstanceProfiles,
        PolicySources = new(domain.Stores.Database),
        AuthorizationDetails = new(domain.Stores.Database),
        AccountCounts = new(domain.Stores.Database, keys),
        AccountAliases = new(domain.Stores.Database),
        Users = domain.Users,
        Groups = domain.Groups,
        Renaming = domain.Renaming,
        InlinePolicies = domain.InlinePolicies,
        Attachments = domain.Attachments,
        Keys = new(domain.Stores.Database, keys, domain.IdentityChanges, domain.Stores.Ids),
        Accounts = domain.MemberAccounts,
        OidcProviders = domain.OidcProviders,
        Authorizer = authorizer,
        PageTokens = new(domain.Stores.Keyring),
    };

    private static StsParts StsParts(Domain domain, AccessKeys keys, Authorizer authorizer, ProviderKeys providerKeys) => new()
    {
        Sessions = domain.NewSessions,
        Roles = domain.RoleAccess,
        AccessKeys = keys,
        WebIdentities = new(domain.OidcProviders, providerKeys),
        Authorizer = authorizer,
        AuthorizationMessages = new(domain.Stores.Keyring),
    };

    private static DeliveryParts DeliveryParts(Domain domain, Authorizer authorizer) => new()
    {
        Machines = domain.Machines,
        MachineRoles = domain.MachineRoles,
        Entities = domain.Entities,
        LifecyclePolicies = domain.LifecyclePolicies,
        Authorizer = authorizer,
        PageTokens = new(domain.Stores.Keyring),
    };

    private static EcrParts EcrParts(Domain domain, RegistryHosts hosts, AuthorizationTokens tokens, Authorizer authorizer) => new()
    {
        Repositories = domain.Repositories,
        RepositoryDeletion = domain.RepositoryDeletion,
        RepositoryPolicies = domain.RepositoryPolicies,
        RegistryPolicies = domain.RegistryPolicies,
        LifecyclePolicies = domain.LifecyclePolicies,
        LifecyclePreviews = domain.LifecyclePreviews,
        ResourceTags = domain.ResourceTags,
        Images = domain.Images,
        ImageListing = domain.ImageListing,
        ImageDeletion = domain.ImageDeletion,
        Layers = domain.Layers,
        Uploads = domain.Uploads,
        AuthorizationTokens = tokens,
        Authorizer = authorizer,
        Hosts = hosts,
        PageTokens = new(domain.Stores.Keyring),
        LayerUrls = new(domain.Stores.Keyring, hosts),
    };
}
