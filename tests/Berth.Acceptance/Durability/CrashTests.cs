using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

public sealed class CrashTests : IAsyncLifetime
{
    private const int Rounds = 20;
    private static readonly string[] Repositories = ["crash/crane", "crash/skopeo", "crash/oras"];
    private readonly Server server = new();
    private readonly Desk desk = new();
    private readonly Random chance = new(Seed: 20);

    public ValueTask InitializeAsync() => server.InitializeAsync();

    [Fact]
    public async Task Every_acknowledged_image_survives_kill_9_and_no_other_bytes_outlive_a_collection()
    {
        Pusher[] pushers =
        [
            new(Repositories[0], (layout, name) => desk.TryAsync("crane", "push", layout, Named(name)), seed: 1),
            new(Repositories[1], (layout, name) => new Skopeo(desk, server).CopyAsync($"oci:{layout}:v1", $"docker://{Named(name)}"), seed: 2),
            new(Repositories[2], (layout, name) => desk.TryAsync("oras", "cp", "--from-oci-layout", $"{layout}:v1", "--to-plain-http", Named(name)), seed: 3),
        ];
        await PrepareAsync();
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
        Assert.Equal(0, await server.StopAsync());
        await desk.RunAsync("dotnet", Checkout.ServerProgram, "collect", "--data", server.Data, "--grace", "0s");
        Assert.Equal(referenced.Order(StringComparer.Ordinal), ListStored().Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        desk.Dispose();
    }

    private async Task PrepareAsync()
    {
        var aws = new Aws(desk, server);
        foreach (var repository in Repositories)
        {
            await aws.CreateRepositoryAsync(repository);
        }

        var password = await aws.GetPasswordAsync();
        await new Crane(desk, server).LoginAsync(password);
        (await new Skopeo(desk, server).LoginAsync(password)).Succeeded();
    }

    private string Named(string image) => $"{server.Registry}/{image}";

    private async Task<List<Pusher.Acknowledged>> PushUntilKilledAsync(Pusher[] pushers)
    {
        using var killed = new CancellationTokenSource();
        var pushes = pushers.Select(pusher => pusher.PushAsync(desk, killed.Token)).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(100, 1_500)), TimeProvider.System);
        await killed.CancelAsync();
        await server.KillAsync();
        await server.StartAsync();
        return [.. (await Task.WhenAll(pushes)).SelectMany(pushed => pushed)];
    }

    /// <summary>Pulls by tag; crane checks every layer it writes against its digest.</summary>
    private async Task PullAsync(string name, string digest)
    {
        var folder = desk.Home.Path("pulled");
        await desk.RunAsync("crane", "pull", "--format=oci", Named(name), folder);
        var index = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json")));
        Assert.Equal(digest, index.GetProperty("manifests")[0].GetProperty("digest").GetString());
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The configs and layers of every image the registry lists, acknowledged or not.</summary>
    private async Task<HashSet<string>> ListReferencedAsync()
    {
        var referenced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in Repositories)
        {
            var tags = await desk.RunAsync("crane", "ls", Named(repository));
            foreach (var tag in tags.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var manifest = JsonElement.Parse(await desk.RunAsync("crane", "manifest", Named($"{repository}:{tag}")));
                referenced.Add(Digest(manifest.GetProperty("config")));
                referenced.UnionWith(manifest.GetProperty("layers").EnumerateArray().Select(Digest));
            }
        }

        return referenced;
    }

    /// <summary>Every file of the blob store by the digest it is named after, unfinished uploads included.</summary>
    private IEnumerable<string> ListStored() =>
        Directory.EnumerateFiles(Path.Combine(server.Data, "blobs"), "*", SearchOption.AllDirectories).Select(file => $"sha256:{Path.GetFileName(file)}");

    private static string Digest(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;
}
