using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

public sealed class LayerUploadTests : IAsyncLifetime
{
    private const int MinPart = 5 * 1024 * 1024;

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task Parts_become_a_layer()
    {
        var content = new byte[MinPart + 10];
        content.AsSpan().Fill(7);
        var digest = Digest.Sha256Of(content).ToString();
        var started = await ecr.DoAsync("InitiateLayerUpload", new { repositoryName = "app" });
        var upload = started.GetProperty("uploadId").GetString()!;

        var first = await ecr.CallAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, content[..MinPart]));
        var last = await ecr.CallAsync("UploadLayerPart", EcrHost.Part("app", upload, MinPart, content[MinPart..]));
        var done = await ecr.CallAsync("CompleteLayerUpload", Completion(upload, "sha1:00ff", digest));

        var place = $"\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"uploadId\":\"{upload}\"";
        Assert.Equal(10_485_760, started.GetProperty("partSize").GetInt64());
        Assert.Equal($"{{{place},\"lastByteReceived\":{MinPart - 1}}}", first.Body);
        Assert.Equal($"{{{place},\"lastByteReceived\":{MinPart + 9}}}", last.Body);
        Assert.Equal($"{{{place},\"layerDigest\":\"{digest}\"}}", done.Body);
        await AssertGoneAsync(upload);
    }

    [Fact]
    public async Task A_part_that_does_not_follow_is_refused_and_told_where_to_go_on()
    {
        var upload = await ecr.StartUploadAsync("app");
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, [1, 2, 3]));

        var reply = await ecr.CallAsync("UploadLayerPart", EcrHost.Part("app", upload, 5, [6, 7]));

        Assert.Equal(
            "{\"__type\":\"InvalidLayerPartException\",\"message\":\"First byte of the layer part is 5 instead of 3\","
            + $"\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"uploadId\":\"{upload}\",\"lastValidByteReceived\":2}}",
            reply.Body);
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 3, [4]));
    }

    [Theory]
    [InlineData(0, 1, "the layer part is 3 bytes long instead of 2")]
    [InlineData(0, 3, "the layer part is 3 bytes long instead of 4")]
    [InlineData(9, 2, "the layer part is 3 bytes long instead of -6")]
    public async Task A_part_must_be_as_long_as_it_says(long first, long last, string message)
    {
        var upload = await ecr.StartUploadAsync("app");

        await ecr.AssertRefusedAsync(
            "UploadLayerPart",
            new { repositoryName = "app", uploadId = upload, partFirstByte = first, partLastByte = last, layerPartBlob = "AQID" },
            "InvalidLayerPartException", message);
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, [1, 2, 3]));
    }

    [Fact]
    public async Task An_upload_without_parts_cannot_be_completed()
    {
        var upload = await ecr.StartUploadAsync("app");

        await ecr.AssertRefusedAsync(
            "CompleteLayerUpload", Completion(upload, Digest.Sha256Of([]).ToString()),
            "EmptyUploadException",
            $"The upload with id '{upload}' in the repository with name 'app' in registry with id '123456789012' cannot be completed because it does not have any parts");
    }

    [Fact]
    public async Task Only_the_last_part_may_be_small()
    {
        var upload = await ecr.StartUploadAsync("app");
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, [1]));
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 1, [2]));

        await ecr.AssertRefusedAsync(
            "CompleteLayerUpload", Completion(upload, Digest.Sha256Of([1, 2]).ToString()),
            "LayerPartTooSmallException", "All layer parts except the last part should be at least 5MB");
    }

    [Theory]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public async Task A_layer_of_none_of_the_digests_is_refused(string digest)
    {
        var upload = await ecr.StartUploadAsync("app");
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, [1]));

        await ecr.AssertRefusedAsync(
            "CompleteLayerUpload", Completion(upload, digest),
            "InvalidLayerException", "None of the provided layer digests match the calculated layer digest");
    }

    [Fact]
    public async Task A_layer_that_the_repository_has_is_refused_and_the_upload_is_over()
    {
        var digest = await ecr.UploadAsync("app", [1, 2, 3]);
        var upload = await ecr.StartUploadAsync("app");
        await ecr.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, [1, 2, 3]));

        await ecr.AssertRefusedAsync(
            "CompleteLayerUpload", Completion(upload, digest),
            "LayerAlreadyExistsException",
            $"The layer with digest '{digest}' already exists in the repository with name 'app' in registry with id '123456789012'");
        await AssertGoneAsync(upload);
    }

    [Fact]
    public async Task A_part_of_more_than_twenty_mebibytes_is_refused()
    {
        var upload = await ecr.StartUploadAsync("app");

        await ecr.AssertRefusedAsync(
            "UploadLayerPart", EcrHost.Part("app", upload, 0, new byte[20_971_521]),
            "InvalidParameterException",
            "1 validation error detected: Value at 'layerPartBlob' failed to satisfy constraint: Member must have length less than or equal to 20971520");
    }

    private Task AssertGoneAsync(string upload) => ecr.AssertRefusedAsync(
        "UploadLayerPart", EcrHost.Part("app", upload, 0, [1]),
        "UploadNotFoundException",
        $"The upload with id '{upload}' in the repository with name 'app' in the registry with id '123456789012' does not exist");

    private static object Completion(string upload, params string[] digests) =>
        new { repositoryName = "app", uploadId = upload, layerDigests = digests };
}
