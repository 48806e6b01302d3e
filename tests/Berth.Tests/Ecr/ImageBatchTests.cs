using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

/// <summary>BatchGetImage and BatchDeleteImage: the call succeeds, and what could not be done stands among the failures.</summary>
public sealed class ImageBatchTests : IAsyncLifetime
{
    private const string NotFound = "{\"imageId\":{\"imageTag\":\"nope\"},\"failureCode\":\"ImageNotFound\",\"failureReason\":\"Requested image not found\"}";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
        await ecr.PutAsync("app", "A", "v1");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task An_image_is_given_under_the_names_it_was_asked_for_by()
    {
        var images = (await BatchAsync("BatchGetImage", Id(tag: "v1"), Id(DigestA), Id(DigestA, "v1"))).GetProperty("images");

        Assert.Equal(
            [
                $"{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}",
                $"{{\"imageDigest\":\"{DigestA}\"}}",
                $"{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}",
            ],
            images.EnumerateArray().Select(image => image.GetProperty("imageId").GetRawText()),
            StringComparer.Ordinal);
        Assert.All(images.EnumerateArray(), image => Assert.Equal(EcrHost.Manifest("A"), image.GetProperty("imageManifest").GetString()));
    }

    [Theory]
    [InlineData("BatchGetImage", "images")]
    [InlineData("BatchDeleteImage", "imageIds")]
    public async Task Every_kind_of_failure_has_its_code_and_reason(string operation, string found)
    {
        await ecr.PutAsync("app", "B", "v2");
        const string Start = "\"failureReason\":\"Invalid request parameters: ";

        var reply = await BatchAsync(operation, Id("bad"), Id(tag: "b+d"), Id(), Id("sha1:00ff"), Id(DigestA, "v2"), Id(tag: "nope"));

        Assert.Equal("[]", reply.GetProperty(found).GetRawText());
        Assert.Equal(
            new[]
            {
                $"{{\"imageId\":{{\"imageDigest\":\"bad\"}},\"failureCode\":\"InvalidImageDigest\",{Start}image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'\"}}",
                $"{{\"imageId\":{{\"imageTag\":\"b+d\"}},\"failureCode\":\"InvalidImageTag\",{Start}image tag should satisfy the regex '[a-zA-Z0-9-_.]+'\"}}",
                $"{{\"imageId\":{{}},\"failureCode\":\"MissingDigestAndTag\",{Start}both tag and digest cannot be null\"}}",
                "{\"imageId\":{\"imageDigest\":\"sha1:00ff\"},\"failureCode\":\"ImageNotFound\",\"failureReason\":\"Requested image not found\"}",
                $"{{\"imageId\":{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v2\"}},\"failureCode\":\"ImageTagDoesNotMatchDigest\",\"failureReason\":\"Requested image tag does not match the image digest\"}}",
                NotFound,
            },
            reply.GetProperty("failures").EnumerateArray().Select(failure => failure.GetRawText()),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("BatchGetImage")]
    [InlineData("BatchDeleteImage")]
    public async Task A_missing_repository_fails_the_whole_batch(string operation) =>
        await ecr.AssertRefusedAsync(
            operation, new { repositoryName = "nope", imageIds = new[] { Id("bad") } },
            "RepositoryNotFoundException", "The repository with name 'nope' does not exist in the registry with id '123456789012'");

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.v2+json")]
    [InlineData("application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.manifest.v1+json")]
    [InlineData("application/vnd.oci.image.index.v1+json", null)]
    public async Task By_tag_a_manifest_comes_in_a_form_that_the_caller_takes(string accepted, string? given)
    {
        var reply = await ecr.DoAsync(
            "BatchGetImage", new { repositoryName = "app", imageIds = new[] { Id(tag: "v1") }, acceptedMediaTypes = new[] { accepted } });

        var image = reply.GetProperty("images").EnumerateArray().SingleOrDefault();
        Assert.Equal(given, image.ValueKind is JsonValueKind.Undefined ? null : image.GetProperty("imageManifestMediaType").GetString());
        Assert.Equal(given is null ? 1 : 0, reply.GetProperty("failures").GetArrayLength());
    }

    [Fact]
    public async Task By_digest_a_manifest_is_never_converted()
    {
        var reply = await ecr.DoAsync(
            "BatchGetImage",
            new { repositoryName = "app", imageIds = new[] { Id(DigestA) }, acceptedMediaTypes = new[] { MediaType.OciManifest } });

        Assert.Equal("ImageNotFound", reply.GetProperty("failures")[0].GetProperty("failureCode").GetString());
    }

    [Fact]
    public async Task A_tag_goes_alone_and_the_last_one_takes_its_image_along()
    {
        await ecr.PutAsync("app", "A", "v2");

        var one = await ecr.CallAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { Id(tag: "v1") } });
        var last = await ecr.CallAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { Id(tag: "v2"), Id(tag: "nope") } });

        Assert.Equal($"{{\"imageIds\":[{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}],\"failures\":[]}}", one.Body);
        Assert.Equal($"{{\"imageIds\":[{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v2\"}}],\"failures\":[{NotFound}]}}", last.Body);
        Assert.Equal("{\"imageIds\":[]}", (await ecr.CallAsync("ListImages", new { repositoryName = "app" })).Body);
    }

    [Fact]
    public async Task A_digest_takes_all_tags_along()
    {
        await ecr.PutAsync("app", "A", "v2");
        await ecr.PutAsync("app", "B", tag: null);

        var reply = await BatchAsync("BatchDeleteImage", Id(DigestA), Id(EcrHost.DigestOf("B")));

        Assert.Equal(
            [
                $"{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}",
                $"{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v2\"}}",
                $"{{\"imageDigest\":\"{EcrHost.DigestOf("B")}\"}}",
            ],
            reply.GetProperty("imageIds").EnumerateArray().Select(id => id.GetRawText()),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_an_index_lists_stays_until_the_index_goes()
    {
        var index = JsonSerializer.Serialize(new
        {
            schemaVersion = 2,
            mediaType = MediaType.OciIndex,
            manifests = new[] { new { mediaType = MediaType.DockerManifest, size = EcrHost.Manifest("A").Length, digest = DigestA } },
        });
        var pushed = await ecr.DoAsync("PutImage", new { repositoryName = "app", imageManifest = index });
        var digest = pushed.GetProperty("image").GetProperty("imageId").GetProperty("imageDigest").GetString();

        var refused = await BatchAsync("BatchDeleteImage", Id(tag: "v1"), Id(DigestA));
        var deleted = await BatchAsync("BatchDeleteImage", Id(digest), Id(tag: "v1"));

        Assert.All(refused.GetProperty("failures").EnumerateArray(), failure => Assert.Equal(
            ("ImageReferencedByManifestList", $"Requested image referenced by manifest list: [{digest}]"),
            (failure.GetProperty("failureCode").GetString(), failure.GetProperty("failureReason").GetString())));
        Assert.Equal(2, deleted.GetProperty("imageIds").GetArrayLength());
    }

    private static string DigestA => EcrHost.DigestOf("A");

    private static object Id(string? digest = null, string? tag = null) => new { imageDigest = digest, imageTag = tag };

    private Task<JsonElement> BatchAsync(string operation, params object[] ids) =>
        ecr.DoAsync(operation, new { repositoryName = "app", imageIds = ids });
}
