using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

public sealed class CrashTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const int Rounds = 20;
    private const int HexLength = 64;
    private static readonly string[] Repositories = ["crash/crane", "crash/skopeo", "crash/oras"];
    private readonly Random chance = new(Seed: 20);

    private Crane Crane => field ??= new(Desk, Server);

    private Oras Oras => field ??= new(Desk, Server);

    private Skopeo Skopeo => field ??= new(Desk, Server);

    [Fact]
    public async Task Every_acknowledged_image_survives_kill_9_and_no_other_bytes_outlive_a_collection()
    {
        Pusher[] pushers =
        [
            new(Repositories[0], (layout, name) => Crane.TryAsync("push", layout, Named(name)), seed: 1),
            new(Repositories[1], (layout, name) => Skopeo.CopyAsync($"oci:{layout}:v1", Skopeo.Remote(name)), seed: 2),
            new(Repositories[2], (layout, name) => Oras.CopyLayoutAsync($"{layout}:v1", Named(name)), seed: 3),
        ];
        var survivors = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await PushUntilKilledAsync(pushers);
            foreach (var (name, image) in acknowledged)
            {
                await PullAsync(name, image.Digest);
            }

            survivors += acknowledged.Count;
        }

        Assert.True(survivors >= Rounds, $"only {survivors} pushes were done before the server was killed");
        var referenced = await ListReferencedAsync();
        Assert.Equal(0, await Server.StopAsync());
        await Desk.RunAsync("dotnet", Checkout.ServerProgram, "collect", "--data", Server.Data, "--grace", "0s");
        Assert.Equal(referenced, ListStored());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Server.Data, "staging")));
    }

    private protected override async Task ArriveAsync()
    {
        foreach (var repository in Repositories)
        {
            await Aws.CreateRepositoryAsync(repository);
        }

        var password = await Aws.GetPasswordAsync();
        await Crane.LoginAsync(password);
        (await Skopeo.LoginAsync(password)).Succeeded();
    }

    /// <summary>Kills the server at a moment that nobody chose and starts it again; clients that try again may then still succeed.</summary>
    private async Task<List<Pusher.Acknowledged>> PushUntilKilledAsync(Pusher[] pushers)
    {
        using var killed = new CancellationTokenSource();
        var pushes = pushers.Select(pusher => pusher.PushAsync(Desk, killed.Token)).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(100, 1_500)), TimeProvider.System);
        await killed.CancelAsync();
        await Server.KillAsync();
        await Server.StartAsync();
        return [.. (await Task.WhenAll(pushes)).SelectMany(pushed => pushed)];
    }

    /// <summary>Pulls by tag; crane checks every layer it writes against its digest.</summary>
    private async Task PullAsync(string name, string digest)
    {
        var folder = Desk.Home.Path("pulled");
        await Crane.RunAsync("pull", "--format=oci", Named(name), folder);
        var index = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json")));
        Assert.Equal(digest, index.GetProperty("manifests")[0].GetProperty("digest").GetString());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The configs and layers of every image the registry lists, acknowledged or not, each once.</summary>
    private async Task<List<string>> ListReferencedAsync()
    {
        var referenced = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var repository in Repositories)
        {
            var tags = await Crane.RunAsync("ls", Named(repository));
            foreach (var tag in tags.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var manifest = JsonElement.Parse(await Crane.RunAsync("manifest", Named($"{repository}:{tag}")));
                referenced.Add(Hex(manifest.GetProperty("config")));
                referenced.UnionWith(manifest.GetProperty("layers").EnumerateArray().Select(Hex));
            }
        }

        return [.. referenced];
    }

    /// <summary>Every file of the blob store by the digest its name starts with.</summary>
    private List<string> ListStored() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Server.Data, "blobs"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)[..HexLength])
            .Order(StringComparer.Ordinal),
    ];

    private static string Hex(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!["sha256:".Length..];
}
