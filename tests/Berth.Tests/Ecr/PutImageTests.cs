using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

public sealed class PutImageTests : IAsyncLifetime
{
    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    // A push is an image's name and after the colon its tag, if it has one.
    [Theory]
    [InlineData("MUTABLE", null, "", "A:v1", null)]
    [InlineData("MUTABLE", null, "", "A", null)]
    [InlineData("MUTABLE", null, "B:v1", "A:v1", null)]
    [InlineData("MUTABLE", null, "A:v1", "A:v1", "ImageAlreadyExistsException")]
    [InlineData("MUTABLE", null, "A:v1", "A:v2", null)]
    [InlineData("MUTABLE", null, "A:v1", "A", "ImageAlreadyExistsException")]
    [InlineData("MUTABLE", null, "A:v1 B:v2", "A:v2", null)]
    [InlineData("IMMUTABLE", null, "", "A:v1", null)]
    [InlineData("IMMUTABLE", null, "B:v1", "A:v1", "ImageTagAlreadyExistsException")]
    [InlineData("IMMUTABLE", null, "A:v1", "A:v1", "ImageAlreadyExistsException")]
    [InlineData("IMMUTABLE", null, "A:v1", "A:v2", null)]
    [InlineData("IMMUTABLE", null, "A:v1", "A", "ImageAlreadyExistsException")]
    [InlineData("IMMUTABLE", null, "A:v1 B:v2", "A:v2", "ImageTagAlreadyExistsException")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "latest*", "B:latest-1", "A:latest-1", null)]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "latest*", "B:v1", "A:v1", "ImageTagAlreadyExistsException")]
    [InlineData("MUTABLE_WITH_EXCLUSION", "v*", "B:v1", "A:v1", "ImageTagAlreadyExistsException")]
    [InlineData("MUTABLE_WITH_EXCLUSION", "v*", "B:latest", "A:latest", null)]
    public async Task A_push_does_what_the_tag_and_the_repository_let_it(
        string mutability, string? filter, string before, string push, string? refusal)
    {
        await ecr.CreateRepositoryAsync("app", mutability, filter);
        foreach (var earlier in before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal(200, (await PushAsync(earlier)).Status);
        }

        var reply = await PushAsync(push);

        Assert.Equal(refusal, reply.Code);
        var (name, tag) = Split(push);
        if (refusal is null && tag is not null)
        {
            var tagged = await ecr.DoAsync("BatchGetImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = tag } } });
            Assert.Equal(EcrHost.Manifest(name), tagged.GetProperty("images")[0].GetProperty("imageManifest").GetString());
        }
    }

    [Fact]
    public async Task The_manifest_is_answered_as_it_was_sent()
    {
        await ecr.CreateRepositoryAsync("app");

        var image = (await ecr.PutAsync("app", "A", "v1")).GetProperty("image");

        Assert.Equal("123456789012", image.GetProperty("registryId").GetString());
        Assert.Equal("app", image.GetProperty("repositoryName").GetString());
        Assert.Equal($"{{\"imageDigest\":\"{EcrHost.DigestOf("A")}\",\"imageTag\":\"v1\"}}", image.GetProperty("imageId").GetRawText());
        Assert.Equal(EcrHost.Manifest("A"), image.GetProperty("imageManifest").GetString());
        Assert.Equal(MediaType.DockerManifest, image.GetProperty("imageManifestMediaType").GetString());
    }

    [Fact]
    public async Task What_would_change_nothing_is_refused_in_ECRs_words()
    {
        await ecr.CreateRepositoryAsync("app", "IMMUTABLE");
        await ecr.PutAsync("app", "A", "v1");
        var start = $"Image with digest '{EcrHost.DigestOf("A")}' and tag";

        await ecr.AssertRefusedAsync(
            "PutImage", Push("A", "v1"),
            "ImageAlreadyExistsException", $"{start} 'v1' already exists in the repository with name 'app' in registry with id '123456789012'");
        await ecr.AssertRefusedAsync(
            "PutImage", Push("A", tag: null),
            "ImageAlreadyExistsException", $"{start} 'null' already exists in the repository with name 'app' in registry with id '123456789012'");
        await ecr.AssertRefusedAsync(
            "PutImage", Push("B", "v1"),
            "ImageTagAlreadyExistsException",
            "The image tag 'v1' already exists in the 'app' repository and cannot be overwritten because the tag is immutable.");
    }

    [Fact]
    public async Task Layers_that_were_not_pushed_here_are_named()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        await ecr.AssertRefusedAsync(
            "PutImage", Push("A", "v1"),
            "LayersNotFoundException",
            $"Layers with digests '[{Digest.Sha256Of(EcrHost.Config)}, {Digest.Sha256Of(EcrHost.Layer)}]' required for pushing image into "
            + "repository with name 'app' in the registry with id '123456789012' do not exist");
    }

    [Fact]
    public async Task An_index_needs_its_images()
    {
        await ecr.CreateRepositoryAsync("app");
        var index = Index(EcrHost.DigestOf("A"));

        await ecr.AssertRefusedAsync(
            "PutImage", new { repositoryName = "app", imageManifest = index },
            "ReferencedImagesNotFoundException",
            $"Images with digests '[{EcrHost.DigestOf("A")}]' required for pushing image into repository with name 'app' "
            + "in the registry with id '123456789012' do not exist");
        await ecr.PutAsync("app", "A", tag: null);
        await ecr.DoAsync("PutImage", new { repositoryName = "app", imageManifest = index });
    }

    [Fact]
    public async Task A_digest_must_be_the_manifests()
    {
        await ecr.CreateRepositoryAsync("app");

        await ecr.AssertRefusedAsync(
            "PutImage",
            new { repositoryName = "app", imageManifest = EcrHost.Manifest("A"), imageDigest = EcrHost.DigestOf("B") },
            "ImageDigestDoesNotMatchException",
            $"The image with digest '{EcrHost.DigestOf("B")}' in repository 'app' and registry ID '123456789012' "
            + "does not match the image digest that Amazon ECR has calculated.");
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":2,"config":{},"layers":[]}""")]
    public async Task What_is_no_manifest_is_refused_in_the_words_that_tools_look_for(string manifest)
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        await ecr.AssertRefusedAsync(
            "PutImage", new { repositoryName = "app", imageManifest = manifest },
            "InvalidParameterException", "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
    }

    [Fact]
    public async Task A_tag_of_other_characters_is_refused()
    {
        await ecr.CreateRepositoryAsync("app");

        await ecr.AssertRefusedAsync(
            "PutImage", Push("A", "v1+2"),
            "InvalidParameterException",
            "Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_.]+''");
    }

    private Task<EcrReply> PushAsync(string push)
    {
        var (name, tag) = Split(push);
        return ecr.CallAsync("PutImage", Push(name, tag));
    }

    private static object Push(string name, string? tag) =>
        new { repositoryName = "app", imageManifest = EcrHost.Manifest(name), imageTag = tag };

    private static (string Name, string? Tag) Split(string push) => push.Split(':') is [var name, var tag] ? (name, tag) : (push, null);

    private static string Index(string digest) => JsonSerializer.Serialize(new
    {
        schemaVersion = 2,
        mediaType = MediaType.OciIndex,
        manifests = new[] { new { mediaType = MediaType.DockerManifest, size = EcrHost.Manifest("A").Length, digest } },
    });
}
