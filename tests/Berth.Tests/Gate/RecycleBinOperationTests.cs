using System.IO.Pipelines;
using System.Net;
using System.Text;
using Berth.Vocabulary;

namespace Berth.Tests.Gate;

/// <summary>Berth's own operations on deleted images.</summary>
public sealed class RecycleBinOperationTests : IAsyncLifetime
{
    private GateHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        host = await GateHost.StartAsync(options => options with { Retention = new() { RecycleBin = TimeSpan.FromDays(7) } });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_either_wire_deletes_is_listed_and_taken_back()
    {
        var image = await PushAsync("{}", "v1", "v2");
        await host.Root.DoAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { new { imageDigest = $"{image}" } } });
        await PushAsync("{ }", "v2");

        var listed = await host.Root.BerthAsync("ListRecycledImages", new { repositoryName = "app" });
        var restored = await host.Root.BerthAsync("RestoreImage", new { repositoryName = "app", imageDigest = $"{image}" });

        Assert.Equal(
            (HttpStatusCode.OK, $$"""{"registryId":"123456789012","repositoryName":"app","images":[{"imageDigest":"{{image}}","imageTags":["v1","v2"],"imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json","imageSizeInBytes":2,"imageStatus":"ACTIVE","imagePushedAt":1768478400,"deletedAt":1768478400,"deletedBy":"API","expiresAt":1769083200}]}"""),
            (listed.Status, listed.Body));
        Assert.Equal(
            (HttpStatusCode.OK, $$"""{"registryId":"123456789012","repositoryName":"app","images":[{"imageDigest":"{{image}}","imageStatus":"ACTIVE","imageTags":["v1"],"tagsTaken":["v2"]}]}"""),
            (restored.Status, restored.Body));
        var pulled = await host.Root.DoAsync("BatchGetImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } });
        Assert.Equal($"{image}", pulled.GetProperty("images")[0].GetProperty("imageId").GetProperty("imageDigest").GetString());
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended()
    {
        string[] images = [$"{await PushAsync("{}")}", $"{await PushAsync("{ }")}"];
        await host.Root.DoAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = images.Select(image => new { imageDigest = image }) });
        Array.Sort(images, StringComparer.Ordinal);

        var first = System.Text.Json.JsonElement.Parse((await host.Root.BerthAsync("ListRecycledImages", new { repositoryName = "app", maxResults = 1 })).Body);
        var rest = await host.Root.BerthAsync(
            "ListRecycledImages", new { repositoryName = "app", maxResults = 1, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal(images[1], first.GetProperty("images")[0].GetProperty("imageDigest").GetString());
        Assert.Contains(images[0], rest.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nextToken", rest.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_in_the_bin_is_refused()
    {
        var image = await PushAsync("{}", "v1");

        var refused = await host.Root.BerthAsync("RestoreImage", new { repositoryName = "app", imageDigest = $"{image}" });

        Assert.Equal(
            (HttpStatusCode.BadRequest, ("ImageNotFoundException", $"The image with digest '{image}' is not in the recycle bin of the repository with name 'app' in the registry with id '123456789012'")),
            (refused.Status, refused.Error));
        Assert.Equal("InvalidParameterException", (await host.Root.BerthAsync("RestoreImage", new { repositoryName = "app", imageDigest = "v1" })).Error.Code);
    }

    [Fact]
    public async Task Who_may_do_everything_of_ECR_may_not_take_images_back_unless_allowed()
    {
        var image = await PushAsync("{}", "v1");
        var ecr = await host.UserAsync("ann", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""");
        var bin = await host.UserAsync(
            "bob", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["berth:RestoreImage","berth:ListRecycledImages"],"Resource":"arn:aws:ecr:us-east-1:123456789012:repository/app"}}""");
        await ecr.DoAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } });

        Assert.Equal("AccessDeniedException", (await ecr.BerthAsync("ListRecycledImages", new { repositoryName = "app" })).Error.Code);
        Assert.Equal("AccessDeniedException", (await ecr.BerthAsync("RestoreImage", new { repositoryName = "app", imageDigest = $"{image}" })).Error.Code);
        Assert.Equal("AccessDeniedException", (await bin.BerthAsync("ListRecycledImages", new { repositoryName = "other" })).Error.Code);
        Assert.Equal(HttpStatusCode.OK, (await bin.BerthAsync("RestoreImage", new { repositoryName = "app", imageDigest = $"{image}" })).Status);
    }

    // An image that is all configuration, different for every one.
    private async Task<Digest> PushAsync(string config, params string[] tags)
    {
        var domain = host.Berth.Server.Domain;
        var (app, bytes) = (BerthHost.Repository("app"), Encoding.UTF8.GetBytes(config));
        if (await domain.Repositories.FindAsync(app, Cancel) is null)
        {
            await host.Berth.CreateRepositoryAsync("app");
        }

        var digest = Digest.Sha256Of(bytes);
        await domain.Uploads.StoreAsync(app, digest, new() { Content = PipeReader.Create(new(bytes)) }, Cancel);
        var manifest = $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{digest}}","size":{{bytes.Length}}},"layers":[]}""";
        return (await domain.Images.PutAsync(app, new() { Content = Encoding.UTF8.GetBytes(manifest), Tags = [.. tags.Select(Tag.Parse)] }, Cancel)).Digest;
    }
}
