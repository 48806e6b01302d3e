using System.Text;
using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>An image that reaches the registry, and leaves it, by the AWS operations alone.</summary>
[Collection(nameof(DockerEngine))]
public sealed class AwsLayerTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task An_image_uploaded_in_parts_is_pulled_by_docker()
    {
        var image = SmallImage.OfSize(12 * MiB, seed: 1);
        await Aws.CreateRepositoryAsync("parts");
        await PushAsync("parts", image);
        var docker = new Docker(Desk, Server, engine);
        (await docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();

        await docker.RunAsync("pull", Named("parts:v1"));

        Assert.Equal(image.Digest, await docker.GetDigestAsync(Named("parts:v1")));
        Assert.Equal(SmallImage.DigestOf(image.Config), await docker.GetImageIdAsync(Named("parts:v1")));
    }

    [Fact]
    public async Task A_layer_is_downloaded_from_the_address_that_ECR_gives()
    {
        var image = SmallImage.OfSize(MiB, seed: 2);
        await Aws.CreateRepositoryAsync("downloads");
        await PushAsync("downloads", image);

        var address = await GetAddressAsync("downloads", image.LayerDigest);

        var file = Desk.Home.Path("layer");
        Assert.Equal("200", await new Curl(Desk).DownloadAsync(address, file));
        Assert.Equal(image.Layer, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task An_address_for_a_layer_that_was_tampered_with_gives_nothing()
    {
        var image = SmallImage.Saying("kept to itself");
        await Aws.CreateRepositoryAsync("sealed");
        await PushAsync("sealed", image);
        var address = await GetAddressAsync("sealed", image.LayerDigest);
        var forged = address.AbsoluteUri.Replace("X-Amz-Signature=", "X-Amz-Signature=0", StringComparison.Ordinal);

        Assert.Equal("403", await new Curl(Desk).DownloadAsync(new(forged), Desk.Home.Path("layer")));
    }

    /// <summary>Initiates an upload, sends the parts of the size ECR asks for, and completes it.</summary>
    private async Task UploadAsync(string repository, byte[] layer)
    {
        var begun = await Aws.EcrAsync("initiate-layer-upload", "--repository-name", repository);
        var upload = begun.GetProperty("uploadId").GetString()!;
        var partSize = begun.GetProperty("partSize").GetInt32();
        for (var first = 0; first < layer.Length; first += partSize)
        {
            var part = layer.AsMemory(first, Math.Min(partSize, layer.Length - first));
            var file = Desk.Home.Path("part");
            await File.WriteAllBytesAsync(file, part);
            var sent = JsonElement.Parse((await Aws.TryUploadLayerPartAsync(repository, upload, first, file)).Succeeded());
            Assert.Equal(first + part.Length - 1, sent.GetProperty("lastByteReceived").GetInt32());
        }

        var digest = SmallImage.DigestOf(layer);
        var completed = await Aws.EcrAsync(
            "complete-layer-upload", "--repository-name", repository, "--upload-id", upload, "--layer-digests", digest);
        Assert.Equal(digest, completed.GetProperty("layerDigest").GetString());
    }

    private async Task PushAsync(string repository, SmallImage image)
    {
        await UploadAsync(repository, image.Layer);
        await UploadAsync(repository, image.Config);
        var put = await Aws.EcrAsync(
            "put-image", "--repository-name", repository, "--image-tag", "v1", "--image-manifest", Encoding.UTF8.GetString(image.Manifest));
        Assert.Equal(image.Digest, ImageId(put).GetProperty("imageDigest").GetString());
        Assert.Equal("v1", ImageId(put).GetProperty("imageTag").GetString());
    }

    private async Task<Uri> GetAddressAsync(string repository, string digest)
    {
        var answer = await Aws.EcrAsync("get-download-url-for-layer", "--repository-name", repository, "--layer-digest", digest);
        return new(answer.GetProperty("downloadUrl").GetString()!);
    }

    private static JsonElement ImageId(JsonElement answer) => answer.GetProperty("image").GetProperty("imageId");
}
