using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>Images of Windows have layers that lie elsewhere: they are pushed without them, or with them by those who say so.</summary>
public sealed class ForeignLayerTests(Server server) : Journey(server), IClassFixture<Server>
{
    private static readonly SmallImage Foreign = SmallImage.Saying("base of windows");
    private static readonly SmallImage Image = Windows(SmallImage.Saying("on windows"));

    private Crane Crane => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => await Crane.LoginAsync(await Aws.GetPasswordAsync());

    [Fact]
    public async Task A_foreign_layer_stays_away_and_the_manifest_comes_back_as_it_was()
    {
        await Aws.CreateRepositoryAsync("windows/without");

        Assert.Equal(Image.Digest, await Crane.PushAsync(WithForeignLayer(), Named("windows/without:v1")));

        Assert.Equal(Image.Manifest, System.Text.Encoding.UTF8.GetBytes(await Crane.RunAsync("manifest", Named("windows/without:v1"))));
        Assert.Equal("UNAVAILABLE", await AvailabilityAsync("windows/without"));
        Assert.Equal(Image.Layer.Length + Image.Config.Length, await SizeAsync("windows/without"));
    }

    [Fact]
    public async Task A_foreign_layer_that_is_pushed_is_kept_and_served()
    {
        await Aws.CreateRepositoryAsync("windows/with");

        await Crane.RunAsync("push", "--allow-nondistributable-artifacts", WithForeignLayer(), Named("windows/with:v1"));

        Assert.Equal("AVAILABLE", await AvailabilityAsync("windows/with"));
        var url = (await Aws.EcrAsync("get-download-url-for-layer", "--repository-name", "windows/with", "--layer-digest", Foreign.LayerDigest)).GetProperty("downloadUrl").GetString()!;
        using var http = new HttpClient();
        Assert.Equal(Foreign.Layer, await http.GetByteArrayAsync(url));
    }

    private string WithForeignLayer()
    {
        var folder = LayOut(Image);
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", Foreign.LayerDigest["sha256:".Length..]), Foreign.Layer);
        return folder;
    }

    private async Task<string?> AvailabilityAsync(string repository)
    {
        var answer = await Aws.EcrAsync("batch-check-layer-availability", "--repository-name", repository, "--layer-digests", Foreign.LayerDigest);
        return answer.GetProperty("layers")[0].GetProperty("layerAvailability").GetString();
    }

    private async Task<long> SizeAsync(string repository) =>
        (await Aws.EcrAsync("describe-images", "--repository-name", repository)).GetProperty("imageDetails")[0].GetProperty("imageSizeInBytes").GetInt64();

    private static SmallImage Windows(SmallImage own)
    {
        var manifest = JsonNode.Parse(own.Manifest)!;
        manifest["layers"]!.AsArray().Insert(0, new JsonObject
        {
            ["mediaType"] = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            ["digest"] = Foreign.LayerDigest,
            ["size"] = Foreign.Layer.Length,
            ["urls"] = new JsonArray("https://mcr.example/base"),
        });
        return own with { Manifest = JsonSerializer.SerializeToUtf8Bytes(manifest) };
    }
}
