using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

public sealed class LayerTests : IAsyncLifetime
{
    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task Availability_is_told_of_each_digest()
    {
        await ecr.PutAsync("app", "A", "v1");
        var (config, loose, absent) = (Digest.Sha256Of(EcrHost.Config), await ecr.UploadAsync("app", [1]), Digest.Sha256Of([2]));

        var reply = await ecr.CallAsync(
            "BatchCheckLayerAvailability",
            new { repositoryName = "app", layerDigests = new[] { $"{config}", loose, $"{absent}", "sha1:00ff", "bad", "" } });

        Assert.Equal(
            "{\"layers\":["
            + $"{{\"layerDigest\":\"{config}\",\"layerAvailability\":\"AVAILABLE\",\"layerSize\":{EcrHost.Config.Length},\"mediaType\":\"application/vnd.docker.container.image.v1+json\"}},"
            + $"{{\"layerDigest\":\"{loose}\",\"layerAvailability\":\"AVAILABLE\",\"layerSize\":1}},"
            + $"{{\"layerDigest\":\"{absent}\",\"layerAvailability\":\"UNAVAILABLE\"}},"
            + "{\"layerDigest\":\"sha1:00ff\",\"layerAvailability\":\"UNAVAILABLE\"}],\"failures\":["
            + "{\"layerDigest\":\"bad\",\"failureCode\":\"InvalidLayerDigest\",\"failureReason\":\"Invalid request parameters: layer digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'\"},"
            + "{\"layerDigest\":\"\",\"failureCode\":\"MissingLayerDigest\",\"failureReason\":\"Invalid request parameters: layer digest cannot be null\"}]}",
            reply.Body);
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha1:00ff")]
    public async Task No_URL_is_given_for_a_layer_that_is_not_there(string digest) =>
        await ecr.AssertRefusedAsync(
            "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = digest },
            "LayersNotFoundException",
            $"The layer with digest '{digest}' does not exist within the repository with name 'app' in the registry with id '123456789012'");

    [Fact]
    public async Task No_URL_is_given_for_a_layer_that_no_image_refers_to()
    {
        var reply = await ecr.CallAsync(
            "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = Digest.Sha256Of(EcrHost.Layer).ToString() });

        Assert.Equal((400, "LayerInaccessibleException"), (reply.Status, reply.Code));
    }
}
