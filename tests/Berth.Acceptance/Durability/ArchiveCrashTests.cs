using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>kill -9 while blobs move to the archive and back.</summary>
public sealed class ArchiveCrashTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const int Images = 3;
    private const int LayerSize = 20_000_000;
    private const int HexLength = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Random chance = new(Seed: 11);

    private Skopeo Skopeo => field ??= new(Desk, Server);

    private string Archive => Desk.Home.Path("cheap-disk");

    [Fact]
    public async Task No_image_is_lost_and_no_blob_stays_twice_however_often_a_move_is_killed()
    {
        await Aws.CreateRepositoryAsync("moved");
        var digests = new List<string>();
        for (var i = 0; i < Images; i++)
        {
            var image = SmallImage.OfSize(LayerSize, seed: i);
            (await Skopeo.CopyAsync($"oci:{LayOut(image, $"layout{i}")}:v1", Skopeo.Remote($"moved:v{i}"))).Succeeded();
            digests.Add(image.Digest);
        }

        for (var round = 0; round < CrashRounds.Count; round++)
        {
            // One call may be refused: the image is on its way back, or where it is to go.
            await Task.WhenAll(digests.Select(digest => UpdateAsync(digest, round % 2 == 0 ? "ARCHIVE" : "STANDARD")));
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, 300)), TimeProvider.System);
            await Server.KillAsync();
            await Server.StartAsync();
        }

        await UntilAsync(async () => await CountAsync("ACTIVATING") == 0);
        await Task.WhenAll(digests.Select(digest => UpdateAsync(digest, "STANDARD")));
        await UntilAsync(async () => await CountAsync("ACTIVE") == Images);
        await UntilAsync(() => Task.FromResult(LieOnce()));
        for (var i = 0; i < Images; i++)
        {
            var folder = Desk.Home.Path($"pulled{i}");
            (await Skopeo.CopyAsync(Skopeo.Remote($"moved:v{i}"), $"dir:{folder}")).Succeeded();
            Assert.Equal(digests[i], SmallImage.DigestOf(await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json"))));
        }
    }

    private protected override async Task ArriveAsync()
    {
        await Server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(Server.Data, "berth.json"), $$"""{ "Blobs": { "Archive": "{{Archive}}" } }""");
        await Server.StartAsync();
        (await Skopeo.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
    }

    private Task<Outcome> UpdateAsync(string digest, string target) => Aws.TryEcrAsync(
        "update-image-storage-class", "--repository-name", "moved", "--image-id", $"imageDigest={digest}", "--target-storage-class", target);

    private async Task<int> CountAsync(string status) => (await Aws.EcrAsync(
        "describe-images", "--repository-name", "moved", "--filter", $"imageStatus={status}")).GetProperty("imageDetails").GetArrayLength();

    // Each layer, and the configuration that the images may share, in one file of one of both places, and nothing half done.
    private bool LieOnce()
    {
        var blobs = FilesIn("blobs").Select(file => Path.GetFileName(file)[..HexLength]).ToList();
        return FilesIn("staging").Count == 0 && blobs.Count >= Images + 1 && blobs.Count == blobs.Distinct(StringComparer.Ordinal).Count();
    }

    private List<string> FilesIn(string name) =>
    [
        .. new[] { Server.Data, Archive }.Select(root => Path.Combine(root, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)),
    ];

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }
}
