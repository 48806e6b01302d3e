using System.Text;
using Berth.Creation;
using Berth.Identity;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;
using Berth.Server.Oci;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Tests.Gate;
using Berth.Trail;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Oci;

/// <summary>The OCI wire on a real listener, over a database and a store of its own.</summary>
internal sealed class OciHost : IAsyncDisposable
{
    public static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private readonly TemporaryFolder folder;
    private readonly Database database;
    private readonly UploadSessions sessions = new();
    private readonly RootKeys rootKeys;
    private readonly AuthorizationTokens tokens;
    private readonly TrailQueue trail;
    private readonly WebApplication app;

    private OciHost(TemporaryFolder folder, Database database, RegistryHostOptions hosts)
    {
        (this.folder, this.database) = (folder, database);
        var (ids, quotas, retention) = (new Ids(), new AccountQuotas(database, Time, new()), new Retention());
        var keyring = Keyring.LoadOrCreate(folder["keyring"], ids, Time);
        var keys = new AccessKeys(database, keyring, new(), Time);
        rootKeys = new(database, keys, ids, Time);
        tokens = new(keyring, keys, Authorizers.Permissions(database, Time), ids);
        var blobs = new SealedBlobs(new FileBlobStore(folder.Path), keyring, ids);
        Repositories = new(database, new(database, new(), new(), Time), quotas, ids, Time);
        Layers = new(database, blobs, retention, Time);
        Uploads = new(database, new(database, blobs, quotas, Time), sessions, ids, Time);
        Images = new(database, new(database, blobs, ids, Time), new(Time, ids), quotas, Time);
        trail = new(database, Time, NullLogger<TrailQueue>.Instance);
        var authorizer = Authorizers.Over(database, keyring, Time);
        var implicitly = new ImplicitRepositories(database, Repositories, new(database, new(), new(), Time), new(database, new(Time, ids), new(), ids, Time), (_, _) => Task.CompletedTask);
        var recorder = new CallRecorder(trail, Authorizers.Permissions(database, Time), ids, Time);
        var dispatcher = new OciDispatcher(
            Endpoints(new(implicitly, new(database, new(), new(), Time), authorizer, new(Always: false))),
            new(new(tokens, Time), new(quotas, Time), authorizer, recorder, Time) { SpellError = RecordedErrors.OfEcr },
            new(hosts),
            new(ids, Log));
        app = Listen(dispatcher.HandleAsync);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    public MemoryLogger<OciAnswers> Log { get; } = new();

    /// <summary>Bytes of uploads that lie in the store, not yet blobs.</summary>
    public long StagedBytes => new DirectoryInfo(folder["staging"]) is { Exists: true } staging
        ? staging.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    public Repositories Repositories { get; }

    public Images Images { get; }

    public Layers Layers { get; }

    public Uploads Uploads { get; }

    /// <summary>A client that follows no redirect and adds nothing of its own.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The token that requests carry unless they say otherwise.</summary>
    public string Authorization { get; private set; } = "";

    public static async Task<OciHost> StartAsync(params string[] repositories)
    {
        var data = new TemporaryFolder();
        var rows = await Database.OpenAsync(new SqliteDialect(data.Path), TimeProvider.System, CancellationToken.None);
        var host = new OciHost(data, rows, new() { Home = Home });
        await host.app.StartAsync();
        host.Url = new(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        host.Http.BaseAddress = host.Url;
        host.Authorization = await host.AuthorizationOfAsync(Home.Account);
        foreach (var name in repositories)
        {
            await host.CreateRepositoryAsync(name);
        }

        return host;
    }

    public static RepositoryId Repository(string name) => new(Home, RepositoryName.Parse(name));

    /// <summary>What the root of an account sends as its authorization.</summary>
    public async Task<string> AuthorizationOfAsync(AccountId account)
    {
        var key = await rootKeys.EstablishAsync(Principal.Root(account, "aws"), CancellationToken.None);
        var token = tokens.Issue(new(key.Principal, key.Id), Time.GetUtcNow());
        return "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"AWS:{token.Password}"));
    }

    public Task<Repository> CreateRepositoryAsync(string name, TagMutabilityRule? mutability = null) =>
        Repositories.CreateAsync(
            Repository(name), new() { TagMutability = mutability ?? TagMutabilityRule.Default }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await trail.DisposeAsync();
        await sessions.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private OciEndpoint[] Endpoints(CreateOnPush onPush)
    {
        var (listing, quotas) = (new ImageListing(database), new AccountQuotas(database, Time, new()));
        var pulls = new Pulls(new(database, Time), new(database, quotas, Time), Authorizers.Permissions(database, Time));
        var mounts = new LayerMounts(Layers, new(database, new(database, new(), new(), Time), Time));
        return
        [
            new Ping(),
            new PullManifest(Images, pulls), new StatManifest(Images), new PushManifest(Images), new DeleteManifest(new(database, new(), Time)),
            new PullBlob(Layers, sendOn: null), new StatBlob(Layers), new DeleteBlob(Layers),
            new StartUpload(mounts, Uploads, onPush), new AppendUpload(Uploads), new CompleteUpload(Uploads),
            new UploadProgress(Uploads), new CancelUpload(Uploads),
            new ListTags(listing), new Catalog(Repositories), new ListReferrers(new(database)),
        ];
    }

    private static WebApplication Listen(RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var built = builder.Build();
        built.Run(handler);
        return built;
    }
}
