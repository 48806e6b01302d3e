using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Oci;
using Berth.Server.Sts;

namespace Berth.Server.Hosting;

/// <summary>One port, many names: what a request is, is decided by its path and host, and handed to the wire that speaks it.</summary>
internal sealed class Wires
{
    private readonly HealthEndpoint health;
    private readonly OciDispatcher oci;
    private readonly AwsEndpoint aws;

    /// <summary>Puts the wires before a domain.</summary>
    public Wires(Stores stores, Domain domain, AccessKeys keys, RegistryHosts hosts, ILoggerFactory loggers, TimeProvider time)
    {
        var authorizer = new Authorizer(loggers.CreateLogger<Authorizer>());
        var tokens = new AuthorizationTokens(stores.Keyring, keys, stores.Ids);
        health = new(stores);
        oci = new(OciEndpoints(domain), new(tokens, time), authorizer, hosts, new(stores.Ids, loggers.CreateLogger<OciAnswers>()));
        aws = new(
            new(StsService.Create()),
            new(keys, new(), time),
            authorizer,
            new(stores.Ids, time, loggers.CreateLogger<AwsAnswers>()),
            time);
    }

    /// <summary>Handles a request of whatever kind.</summary>
    public Task HandleAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/healthz" => HealthEndpoint.HealthAsync(http),
        "/readyz" => health.ReadyAsync(http),
        _ when http.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) => oci.HandleAsync(http),
        _ => aws.HandleAsync(http),
    };

    private static OciEndpoint[] OciEndpoints(Domain domain) =>
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
}
