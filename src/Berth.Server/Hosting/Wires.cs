using System.Net;
using Berth.Identity;
using Berth.Jobs;
using Berth.Network;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.LayerBucket;
using Berth.Server.Aws.TemplateBuckets;
using Berth.Server.CloudFormation;
using Berth.Server.CloudTrail;
using Berth.Server.Delivery;
using Berth.Server.Ec2;
using Berth.Server.Ecr;
using Berth.Server.Gate;
using Berth.Server.Gate.Doors;
using Berth.Server.Gate.LayerBucket;
using Berth.Server.Gate.Recording;
using Berth.Server.Gate.WebIdentity;
using Berth.Server.Iam;
using Berth.Server.Metadata;
using Berth.Server.Oci;
using Berth.Server.Organizations;
using Berth.Server.Sts;
using Berth.Stacks;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Hosting;

/// <summary>One port, many names: what a request is, is decided by its path and host, and handed to the wire that speaks it.</summary>
internal sealed class Wires : IAsyncDisposable
{
    private readonly HealthEndpoint health;
    private readonly OciDispatcher oci;
    private readonly AwsEndpoint aws;
    private readonly LayerBucketEndpoint layerBucket;
    private readonly TemplateBucketEndpoint uploads;
    private readonly MetadataEndpoint metadata;
    private readonly DoorKeeper doors;
    private readonly StackWires stacks;
    private readonly TrailQueue trail;

    /// <summary>Puts the wires before a domain.</summary>
    public Wires(Domain domain, AccessKeys keys, RegistryHosts hosts, ILoggerFactory loggers, TimeProvider time)
    {
        var stores = domain.Stores;
        var authorizer = new Authorizer(
            domain.Permissions,
            new(domain.RepositoryAccess, domain.RoleAccess, domain.EntityAccess, domain.Networks.Tags, domain.DoorsOnly),
            domain.OrganizationLimits,
            new(stores.Keyring),
            loggers.CreateLogger<Authorizer>());
        var throttle = new Throttle(domain.AccountQuotas, time);
        var tokens = new AuthorizationTokens(stores.Keyring, keys, domain.Permissions, stores.Ids);
        trail = new(stores.Database, time, loggers.CreateLogger<TrailQueue>());
        var recorder = new CallRecorder(trail, domain.Permissions, stores.Ids, time);
        var onPush = new CreateOnPush(domain.ImplicitRepositories, domain.RoleAccess, authorizer, new(domain.Options.CreateOnPush));
        var identities = new WebIdentities(domain.OidcProviders, new(time, loggers.CreateLogger<ProviderKeys>()));
        health = new(stores);
        var layerUrls = new LayerUrls(stores.Keyring, hosts, domain.Options.BucketHost);
        Endpoints = EndpointsOf(domain, onPush, domain.Options.RedirectsLayers ? (layer, came) => layerUrls.Sign(layer, came, time.GetUtcNow()) : null);
        oci = new(
            Endpoints,
            new(new(tokens, time), throttle, authorizer, recorder, time) { SpellError = RecordedErrors.OfEcr },
            hosts,
            new(stores.Ids, loggers.CreateLogger<OciAnswers>()));
        stacks = new StackWires(domain, (hosts, authorizer), loggers, time);
        JobHandlers = [stacks.Handler];
        Services = new(
            EcrService.Create(EcrParts(domain, new(hosts, tokens, authorizer, onPush, layerUrls))),
            IamService.Create(IamParts(domain, keys, authorizer)),
            OrganizationsService.Create(OrganizationParts(domain)),
            StsService.Create(StsParts(domain, keys, authorizer, identities)),
            DeliveryService.Create(DeliveryParts(domain, hosts, authorizer)),
            Ec2Service.Create(Ec2Parts(domain, authorizer)),
            CloudTrailService.Create(new() { Lookup = new(stores.Database), Queue = trail, PageTokens = new(stores.Keyring) }),
            CloudFormationService.Create(stacks.Parts(authorizer)));
        Forwarded = new(Services, authorizer, recorder, stores.Ids, time);
        stacks.Connect(Forwarded);
        var gate = new AwsGate(new(keys, domain.SessionTokens, domain.Permissions, domain.RoleUses, time), throttle, authorizer, recorder, time);
        uploads = new(gate, new(domain.TemplateBuckets, domain.TemplateObjects), stores.Ids, loggers.CreateLogger<TemplateBucketEndpoint>());
        aws = new(
            Services,
            gate,
            new(stores.Ids, time, loggers.CreateLogger<AwsAnswers>()));
        layerBucket = new(
            domain.Layers,
            new(new(stores.Keyring), domain.Doors, domain.DoorsOnly, stores.Organization, time),
            stores.Ids,
            loggers.CreateLogger<LayerBucketEndpoint>());
        doors = new(domain.Doors, LayerBucketEndpoint.Serves, loggers.CreateLogger<DoorKeeper>());
        metadata = new(
            new(new(domain.Machines, time), new(new(stores.Keyring, time), new(domain.MachineRoles, domain.Networks.Instances, time)), new(domain.MachineRoles)),
            new(identities, domain.PodAssociations, domain.PodRoles, hosts, time),
            stores.Ids,
            loggers.CreateLogger<MetadataEndpoint>());
    }

    /// <summary>The rows of the OCI wire.</summary>
    public IReadOnlyList<OciEndpoint> Endpoints { get; }

    /// <summary>The services of the AWS wire.</summary>
    public ServiceList Services { get; }

    /// <summary>Calls of services on behalf of callers.</summary>
    public ForwardedCalls Forwarded { get; }

    /// <summary>The types of resources that templates may ask for.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes => stacks.Types;

    /// <summary>The jobs that call operations.</summary>
    public IReadOnlyList<JobHandler> JobHandlers { get; }

    /// <summary>Handles a request of whatever kind.</summary>
    public Task HandleAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/healthz" => HealthEndpoint.HealthAsync(http),
        "/readyz" => health.ReadyAsync(http),
        _ => AdmitAsync(http),
    };

    private async Task AdmitAsync(HttpContext http)
    {
        bool isAdmitted;
        try
        {
            isAdmitted = await doors.AdmitAsync(http);
        }
        catch (FaultException)
        {
            // While nobody can tell what a name means, nothing is answered under it.
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (isAdmitted)
        {
            await PassAsync(http);
        }
        else
        {
            // Whom security groups do not admit gets no answer of any kind.
            http.Abort();
        }
    }

    private Task PassAsync(HttpContext http) => http.Request.Path.Value switch
    {
        _ when http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) => oci.HandleAsync(http),
        _ when LayerBucketEndpoint.Serves(http.Request) => layerBucket.HandleAsync(http),
        _ when IsBesideEcr(http.Request) && http.Features.Get<Door>() is { } door => DoorRefusal.WriteAsync(http, door, MetadataEndpoint.Serves(http.Request) ? "metadata" : "s3"),
        _ when UploadAddress.IsMeantBy(http.Request) => uploads.HandleAsync(http),
        _ when MetadataEndpoint.Serves(http.Request) => metadata.HandleAsync(http),
        _ => aws.HandleAsync(http),
    };

    // What has errors of its own refuses in them; these two speak for themselves before they know who asks.
    private static bool IsBesideEcr(HttpRequest request) => MetadataEndpoint.Serves(request) || UploadAddress.IsMeantBy(request);

    /// <summary>Records what is still to be recorded. To be called when no request is left.</summary>
    public ValueTask DisposeAsync() => trail.DisposeAsync();

    private static IReadOnlyList<OciEndpoint> EndpointsOf(Domain domain, CreateOnPush onPush, Func<Layer, string, Uri>? sendOn) =>
    [
        new Ping(),
        new PullManifest(domain.Images, domain.Pulls),
        new StatManifest(domain.Images),
        new PushManifest(domain.Images),
        new DeleteManifest(domain.ImageDeletion),
        new PullBlob(domain.Layers, sendOn),
        new StatBlob(domain.Layers),
        new DeleteBlob(domain.Layers),
        new StartUpload(domain.LayerMounts, domain.Uploads, onPush),
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

    private static StsParts StsParts(Domain domain, AccessKeys keys, Authorizer authorizer, WebIdentities identities) => new()
    {
        Sessions = domain.NewSessions,
        Roles = domain.RoleAccess,
        AccessKeys = keys,
        WebIdentities = identities,
        Authorizer = authorizer,
        AuthorizationMessages = new(domain.Stores.Keyring),
    };

    private static DeliveryParts DeliveryParts(Domain domain, RegistryHosts hosts, Authorizer authorizer) => new()
    {
        Accounts = domain.MemberAccounts,
        Hosts = hosts,
        DoorsOnly = domain.DoorsOnly,
        EndpointNames = new(
            domain.Doors,
            domain.Options.DoorListeners.ToLookup(door => door.EndpointId, door => (door.Address.Address ?? IPAddress.Loopback).ToString(), StringComparer.Ordinal)),
        Machines = domain.Machines,
        MachineRoles = domain.MachineRoles,
        PodAssociations = domain.PodAssociations,
        Entities = domain.Entities,
        LifecyclePolicies = domain.LifecyclePolicies,
        RecycledImages = domain.RecycledImages,
        ImageRecovery = domain.ImageRecovery,
        Retention = domain.Options.Retention,
        Authorizer = authorizer,
        AccountQuotas = domain.AccountQuotas,
        Organization = domain.Stores.Organization,
        PageTokens = new(domain.Stores.Keyring),
    };

    private static Ec2Parts Ec2Parts(Domain domain, Authorizer authorizer) => new()
    {
        Networks = domain.Networks,
        Entities = domain.Entities,
        MachineRoles = domain.MachineRoles,
        Region = domain.Options.Region,
        Authorizer = authorizer,
        Pages = new(domain.Networks.Objects, new(domain.Stores.Keyring)),
        PageTokens = new(domain.Stores.Keyring),
    };

    private static EcrParts EcrParts(Domain domain, EcrGate gate) => new()
    {
        Repositories = domain.Repositories,
        RepositoryDeletion = domain.RepositoryDeletion,
        RepositoryPolicies = domain.RepositoryPolicies,
        RegistryPolicies = domain.RegistryPolicies,
        LifecyclePolicies = domain.LifecyclePolicies,
        AccountSettings = domain.AccountSettings,
        PullTimeExclusions = domain.PullTimeExclusions,
        LifecyclePreviews = domain.LifecyclePreviews,
        ResourceTags = domain.ResourceTags,
        Images = domain.Images,
        ImageListing = domain.ImageListing,
        ImageDeletion = domain.ImageDeletion,
        Referrers = domain.Referrers,
        Pulls = domain.Pulls,
        ImageStorage = domain.ImageStorage,
        Layers = domain.Layers,
        Uploads = domain.Uploads,
        CreationTemplates = domain.CreationTemplates,
        CreateOnPush = gate.OnPush,
        AuthorizationTokens = gate.Tokens,
        Authorizer = gate.Authorizer,
        Hosts = gate.Hosts,
        PageTokens = new(domain.Stores.Keyring),
        LayerUrls = gate.LayerUrls,
    };

    private sealed record EcrGate(RegistryHosts Hosts, AuthorizationTokens Tokens, Authorizer Authorizer, CreateOnPush OnPush, LayerUrls LayerUrls);
}
