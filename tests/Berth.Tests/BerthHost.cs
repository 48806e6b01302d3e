using Berth.Registry;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Tests;

/// <summary>The real server in this process, on a free port of the loopback address, with a data folder of its own.</summary>
internal sealed class BerthHost : IAsyncDisposable
{
    public const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private readonly TemporaryFolder folder;

    private BerthHost(BerthServer server, TemporaryFolder folder, StringWriter log)
    {
        Server = server;
        this.folder = folder;
        Log = log;
        Url = server.Addresses[0];
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
    }

    /// <summary>The server, and behind it its domain, to arrange what a test needs.</summary>
    public BerthServer Server { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>A client that follows no redirect and adds nothing.</summary>
    public HttpClient Http { get; }

    /// <summary>What the server logged so far.</summary>
    public StringWriter Log { get; }

    /// <summary>The folder it keeps everything in.</summary>
    public string Data => folder.Path;

    /// <summary>A repository's id in the home registry.</summary>
    public static RepositoryId Repository(string name) =>
        new(new BerthOptions().HomeRegistry, RepositoryName.Parse(name));

    /// <summary>Starts a server; ids can be seeded and time given.</summary>
    public static async Task<BerthHost> StartAsync(
        Func<BerthOptions, BerthOptions>? configure = null, TimeProvider? time = null, Ids? ids = null)
    {
        var data = new TemporaryFolder();
        var log = new StringWriter();
        var options = new BerthOptions
        {
            Data = data.Path,
            Listen = [ListenAddress.Parse("http://127.0.0.1:0")],
            RootAccessKeyId = AccessKeyId,
            RootSecretAccessKey = SecretAccessKey,
        };
        options = configure?.Invoke(options) ?? options;
        var server = await BerthServer.StartAsync(
            options, time ?? TimeProvider.System, ids ?? new(), TextWriter.Synchronized(log), TestContext.Current.CancellationToken);
        return new(server, data, log);
    }

    /// <summary>Makes a repository in the home registry, mutable unless said otherwise.</summary>
    public async Task<RepositoryId> CreateRepositoryAsync(string name, TagMutabilityRule? mutability = null)
    {
        var id = Repository(name);
        await Server.Domain.Repositories.CreateAsync(
            id, new() { TagMutability = mutability ?? TagMutabilityRule.Default }, TestContext.Current.CancellationToken);
        return id;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        folder.Dispose();
        await Log.DisposeAsync();
    }
}
