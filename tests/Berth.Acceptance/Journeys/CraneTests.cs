using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class CraneTests(Server server) : Journey(server), IClassFixture<Server>
{
    private Crane Crane => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => await Crane.LoginAsync(await Aws.GetPasswordAsync());

    [Fact]
    public async Task A_pushed_image_is_pulled_as_it_was()
    {
        var image = SmallImage.OfSize(1_000_000, seed: 4);
        await Aws.CreateRepositoryAsync("crane");

        Assert.Equal(image.Digest, await Crane.PushAsync(LayOut(image), Named("crane:v1")));

        await Crane.RunAsync("pull", "--format=oci", Named("crane:v1"), Desk.Home.Path("back"));
        var layer = Desk.Home.Path("back", "blobs", "sha256", image.LayerDigest["sha256:".Length..]);
        Assert.Equal(image.Layer, await File.ReadAllBytesAsync(layer));
    }

    [Fact]
    public async Task An_image_is_copied_into_another_repository()
    {
        var image = SmallImage.Saying("copied");
        await Aws.CreateRepositoryAsync("copy/from");
        await Aws.CreateRepositoryAsync("copy/to");
        await Crane.PushAsync(LayOut(image), Named("copy/from:v1"));

        await Crane.RunAsync("copy", Named("copy/from:v1"), Named("copy/to:v2"));

        Assert.Equal(image.Digest, await Crane.RunAsync("digest", Named("copy/to:v2")));
        await Crane.RunAsync("validate", "--remote", Named("copy/to:v2"));
    }

    [Fact]
    public async Task Repositories_and_tags_are_listed()
    {
        await Aws.CreateRepositoryAsync("list/a");
        await Aws.CreateRepositoryAsync("list/b");
        await Crane.PushAsync(LayOut(SmallImage.Saying("listed")), Named("list/a:v1"));
        await Crane.RunAsync("tag", Named("list/a:v1"), "v2");

        var repositories = Lines(await Crane.RunAsync("catalog", Server.Registry));
        var tags = Lines(await Crane.RunAsync("ls", Named("list/a")));

        Assert.Contains("list/a", repositories, StringComparer.Ordinal);
        Assert.Contains("list/b", repositories, StringComparer.Ordinal);
        Assert.Equal(["v1", "v2"], tags.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_deleted_image_is_gone()
    {
        var image = SmallImage.Saying("deleted");
        await Aws.CreateRepositoryAsync("delete");
        await Crane.PushAsync(LayOut(image), Named("delete:v1"));

        await Crane.RunAsync("delete", Named($"delete@{image.Digest}"));

        var digest = await Crane.TryAsync("digest", Named("delete:v1"));
        Assert.Contains("404", digest.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_gives_each_platform_its_own_image()
    {
        await Aws.CreateRepositoryAsync("index");
        var amd64 = SmallImage.Saying("for amd64", "amd64");
        var arm64 = SmallImage.Saying("for arm64", "arm64");
        await Crane.PushAsync(LayOut(amd64, "amd64"), Named("index:amd64"));
        await Crane.PushAsync(LayOut(arm64, "arm64"), Named("index:arm64"));

        await Crane.RunAsync(
            "index", "append", "--manifest", Named("index:amd64"), "--manifest", Named("index:arm64"), "--tag", Named("index:v1"));

        Assert.Equal(amd64.Digest, await Crane.RunAsync("digest", "--platform", "linux/amd64", Named("index:v1")));
        Assert.Equal(arm64.Digest, await Crane.RunAsync("digest", "--platform", "linux/arm64", Named("index:v1")));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await Crane.LoginAsync("guessed");

        var list = await Crane.TryAsync("catalog", Server.Registry);

        Assert.Contains("401 Unauthorized", list.Refused(), StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
