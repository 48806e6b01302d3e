using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>An image goes into the archive, to a disk of its own, and comes back, as the user of aws and skopeo sees it.</summary>
public sealed class ArchiveTests(Server server) : Journey(server), IClassFixture<Server>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Skopeo Skopeo => field ??= new(Desk, Server);

    private string ArchivedBlobs => Desk.Home.Path("cheap-disk", "blobs");

    [Fact]
    public async Task An_archived_image_is_not_pulled_until_it_is_restored_or_pushed_again()
    {
        var image = SmallImage.OfSize(1_000_000, seed: 7);
        var layout = LayOut(image);
        await Aws.CreateRepositoryAsync("kept");
        (await Skopeo.CopyAsync($"oci:{layout}:v1", Skopeo.Remote("kept:v1"))).Succeeded();

        Assert.Equal("ARCHIVED", await UpdateAsync("ARCHIVE"));
        await UntilAsync(() => Task.FromResult(Files(ArchivedBlobs) == 2 && Files(Path.Combine(Server.Data, "blobs")) == 0));
        var pull = (await PullAsync()).Refused();
        Assert.Contains("is archived. To pull it, restore it by UpdateImageStorageClass", pull, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
        Assert.Equal(1, await CountAsync("--filter", "imageStatus=ARCHIVED"));

        Assert.Equal("ACTIVATING", await UpdateAsync("STANDARD"));
        await UntilAsync(async () => await CountAsync() == 1);
        (await PullAsync()).Succeeded();
        Assert.Equal((0, 2), (Files(ArchivedBlobs), Files(Path.Combine(Server.Data, "blobs"))));

        await UpdateAsync("ARCHIVE");
        await UntilAsync(() => Task.FromResult(Files(ArchivedBlobs) == 2 && Files(Path.Combine(Server.Data, "blobs")) == 0));
        (await Skopeo.CopyAsync($"oci:{layout}:v1", Skopeo.Remote("kept:v1"))).Succeeded();
        (await PullAsync()).Succeeded();
        Assert.Equal((0, 2), (Files(ArchivedBlobs), Files(Path.Combine(Server.Data, "blobs"))));
    }

    private protected override async Task ArriveAsync()
    {
        await Server.StopAsync();
        await File.WriteAllTextAsync(
            Path.Combine(Server.Data, "berth.json"), $$"""{ "Blobs": { "Archive": "{{Desk.Home.Path("cheap-disk")}}" } }""");
        await Server.StartAsync();
        (await Skopeo.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
    }

    // skopeo compares every blob with its digest as it writes it.
    private async Task<Outcome> PullAsync()
    {
        var folder = Desk.Home.Path("pulled");
        var outcome = await Skopeo.CopyAsync(Skopeo.Remote("kept:v1"), $"dir:{folder}");
        Directory.Delete(folder, recursive: true);
        return outcome;
    }

    private async Task<string?> UpdateAsync(string target) => (await Aws.EcrAsync(
        "update-image-storage-class", "--repository-name", "kept", "--image-id", "imageTag=v1", "--target-storage-class", target))
        .GetProperty("imageStatus").GetString();

    private async Task<int> CountAsync(params IEnumerable<string> filter)
    {
        JsonElement described = await Aws.EcrAsync("describe-images", ["--repository-name", "kept", .. filter]);
        return described.GetProperty("imageDetails").GetArrayLength();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private static int Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() : 0;
}
