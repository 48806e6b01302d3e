using Berth.Jobs;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Oci;
using Berth.Stacks;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Berth.Server.Hosting;

/// <summary>The running registry: stores, domain, wires, listeners and the jobs beside them.</summary>
internal sealed class BerthServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Stores stores;
    private readonly Domain domain;
    private readonly CancellationTokenSource stopping = new();
    private Wires? wires;
    private string? publicScheme;
    private TrustedProxies proxies = new();
    private Task jobs = Task.CompletedTask;
    private Task pullTimes = Task.CompletedTask;

    private BerthServer(WebApplication app, Stores stores, Domain domain) => (this.app, this.stores, this.domain) = (app, stores, domain);

    /// <summary>What is printed when the server is ready: where it listens, and how a first client is set up.</summary>
    public string Welcome { get; private set; } = "";

    /// <summary>The addresses that are listened on, with the ports that were free.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The addresses that are one VPC endpoint's alone, in the order of the configuration.</summary>
    public IReadOnlyList<Uri> DoorAddresses { get; private set; } = [];

    /// <summary>What the wires stand on, for tests that arrange and look behind them.</summary>
    public Domain Domain => domain;

    /// <summary>The services of the AWS wire, for the reference that is written from them; none before the start is done.</summary>
    public IReadOnlyList<Service> Services => wires?.Services.All ?? [];

    /// <summary>Calls of services on behalf of callers.</summary>
    public ForwardedCalls? Forwarded => wires?.Forwarded;

    /// <summary>The types of resources that templates may ask for.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes => wires?.ResourceTypes ?? [];

    /// <summary>The rows of the OCI wire.</summary>
    public IReadOnlyList<OciEndpoint> Endpoints => wires?.Endpoints ?? [];

    /// <summary>Opens the stores, listens, and starts the jobs.</summary>
    public static async Task<BerthServer> StartAsync(
        BerthOptions options, TimeProvider time, Ids ids, TextWriter log, CancellationToken cancel)
    {
        var opened = await Stores.OpenAsync(options, time, ids, cancel);
        var meant = new Domain(opened, options, time);
        var believed = new TrustedProxies(options.TrustedProxies);
        var server = new BerthServer(Listeners.Build(options, new(meant.Doors, believed), time, log), opened, meant) { proxies = believed };
        try
        {
            await server.StartAsync(options, time, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the process is told to stop and transfers have ended, or have run out of time.</summary>
    public Task WaitForStopAsync() => app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(jobs, pullTimes);
        await app.DisposeAsync();
        await (wires?.DisposeAsync() ?? default);
        await domain.DisposeAsync();
        await stores.DisposeAsync();
        stopping.Dispose();
    }

    private async Task StartAsync(BerthOptions options, TimeProvider time, CancellationToken cancel)
    {
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        var root = await RootAccount.OpenAsync(options, stores, time, cancel);
        app.Run(HandleAsync);
        await app.StartAsync(cancel);

        // The wires print the port that clients reach them on, and only now is it known which one was free.
        Uri[] bound = [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses.Select(address => new Uri(address))];
        (Addresses, DoorAddresses) = (bound[..^options.DoorListeners.Count], bound[^options.DoorListeners.Count..]);
        publicScheme = options.PublicScheme;
        wires = new(domain, root.Keys, HostsOf(options, Addresses[0]), loggers, time);
        Welcome = Hosting.Welcome.Text(options, Addresses, root);

        await domain.Jobs.TakeBackAsync(stores.Database, cancel);
        await domain.CollectionSchedule.EnsureAsync(cancel);
        await domain.ArchiveSchedule.EnsureAsync(cancel);
        await domain.TrailSchedule.EnsureAsync(cancel);
        var runner = new JobRunner(stores.Database, domain.Jobs, [.. domain.JobHandlers, .. wires.JobHandlers], time, loggers.CreateLogger<JobRunner>());
        jobs = Task.Run(() => runner.RunAsync(stopping.Token), CancellationToken.None);
        pullTimes = Task.Run(() => domain.PullTimes.RunAsync(loggers.CreateLogger<PullTimes>(), stopping.Token), CancellationToken.None);
    }

    private static RegistryHosts HostsOf(BerthOptions options, Uri address) => new(new()
    {
        Home = options.HomeRegistry,
        Scheme = options.PublicScheme ?? address.Scheme,
        Port = address.Port,
        PublicHost = options.PublicHost,
        Hosts = options.Hosts,
    });

    private Task HandleAsync(HttpContext http)
    {
        if (wires is { } ready)
        {
            // Behind a proxy that ends TLS, what clients speak is not what arrives here; URLs are written for clients.
            http.Request.Scheme = publicScheme ?? http.Request.Scheme;
            http.Connection.RemoteIpAddress = proxies.SourceOf(http.Connection.RemoteIpAddress, http.Request.Headers[TrustedProxies.Header]);
            return ready.HandleAsync(http);
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
