using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

/// <summary>The archive over both wires: what is answered, what is refused while an image lies there, and how it comes back.</summary>
public sealed class UpdateImageStorageClassTests : IAsyncLifetime
{
    private const string InApp = "in the repository with name 'app' in the registry with id '123456789012'";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
        await ecr.PutAsync("app", "A", "v1");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task The_answer_has_the_status_after_the_call()
    {
        var id = $"{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}";
        var archived = await ecr.CallAsync("UpdateImageStorageClass", Update("ARCHIVE"));
        var restored = await ecr.CallAsync("UpdateImageStorageClass", Update("STANDARD"));

        Assert.Equal($"{{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageId\":{id},\"imageStatus\":\"ARCHIVED\"}}", archived.Body);
        Assert.Equal($"{{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageId\":{id},\"imageStatus\":\"ACTIVATING\"}}", restored.Body);
    }

    [Fact]
    public async Task An_archived_image_is_pulled_over_neither_wire_and_both_say_why()
    {
        var url = (await ecr.DoAsync("GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = LayerDigest })).GetProperty("downloadUrl").GetString()!;
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));
        var text = $"The image with digest '{DigestA}' {InApp} is archived. To pull it, restore it by UpdateImageStorageClass with "
            + "targetStorageClass STANDARD, or push it again";

        var got = await ecr.CallAsync("BatchGetImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } });
        Assert.Equal(
            $"{{\"images\":[],\"failures\":[{{\"imageId\":{{\"imageTag\":\"v1\"}},\"failureCode\":\"ImageInaccessible\",\"failureReason\":\"{text}\"}}]}}",
            got.Body);
        Assert.Equal((404, Error("MANIFEST_UNKNOWN", text)), await OciAsync("GET", "/v2/app/manifests/v1"));
        Assert.Equal((404, Error("MANIFEST_UNKNOWN", text)), await OciAsync("GET", $"/v2/app/manifests/{DigestA}"));

        var layer = $"The layer with digest '{LayerDigest}' in the repository with name 'app' in registry with id '123456789012' "
            + "is not accessible because the images that refer to it are archived";
        await ecr.AssertRefusedAsync(
            "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = LayerDigest }, "LayerInaccessibleException", layer);
        Assert.Equal((404, Error("BLOB_UNKNOWN", layer)), await OciAsync("GET", $"/v2/app/blobs/{LayerDigest}"));
        using var signed = await ecr.Berth.Http.GetAsync(new Uri(url));
        Assert.Equal(HttpStatusCode.Forbidden, signed.StatusCode);
        Assert.Contains("<Code>InvalidObjectState</Code>", await signed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_only_archived_images_have_needs_no_push()
    {
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        var reply = await ecr.CallAsync("BatchCheckLayerAvailability", new { repositoryName = "app", layerDigests = EcrHost.Texts(LayerDigest) });
        Assert.Equal(
            $"{{\"layers\":[{{\"layerDigest\":\"{LayerDigest}\",\"layerAvailability\":\"ARCHIVED\",\"layerSize\":7,"
            + "\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\"}],\"failures\":[]}",
            reply.Body);
        Assert.Equal(200, (await OciAsync("HEAD", $"/v2/app/blobs/{LayerDigest}")).Status);

        await ecr.PutAsync("app", "B", "v2");
        Assert.Equal("AVAILABLE", (await ecr.DoAsync("BatchCheckLayerAvailability", new { repositoryName = "app", layerDigests = EcrHost.Texts(LayerDigest) }))
            .GetProperty("layers")[0].GetProperty("layerAvailability").GetString());
    }

    [Fact]
    public async Task Lists_have_active_images_unless_asked_for_others()
    {
        await ecr.PutAsync("app", "B", "v2");
        await ecr.PutAsync("app", "C", tag: null);
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        Assert.Equal((2, 2), await CountAsync(imageStatus: null));
        Assert.Equal((1, 1), await CountAsync("ARCHIVED"));
        Assert.Equal((0, 0), await CountAsync("ACTIVATING"));
        Assert.Equal((3, 3), await CountAsync("ANY"));
        Assert.Equal((1, 1), await CountAsync(imageStatus: null, "TAGGED"));
        Assert.Equal((0, 0), await CountAsync("ARCHIVED", "UNTAGGED"));
        Assert.Equal((200, "{\"name\":\"app\",\"tags\":[\"v2\"]}"), await OciAsync("GET", "/v2/app/tags/list"));
        Assert.Equal((200, "{\"repositories\":[\"app\"]}"), await OciAsync("GET", "/v2/_catalog"));

        var detail = (await ecr.DoAsync("DescribeImages", new { repositoryName = "app", filter = new { imageStatus = "ARCHIVED" } })).GetProperty("imageDetails")[0];
        Assert.Equal(("ARCHIVED", 1768478400), (detail.GetProperty("imageStatus").GetString(), detail.GetProperty("lastArchivedAt").GetInt64()));
    }

    [Fact]
    public async Task A_restored_image_is_pulled_again_and_says_when_it_came_back()
    {
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));
        ecr.Time.Advance(TimeSpan.FromSeconds(60));
        await ecr.DoAsync("UpdateImageStorageClass", Update("STANDARD"));

        var detail = await ActiveAsync();
        Assert.Equal(1768478460, detail.GetProperty("lastActivatedAt").GetInt64());
        Assert.Equal((200, EcrHost.Manifest("A")), await OciAsync("GET", "/v2/app/manifests/v1"));
        Assert.Equal((200, "a layer"), await OciAsync("GET", $"/v2/app/blobs/{LayerDigest}"));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Pushing_it_again_restores_it_at_once(string tag)
    {
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        await ecr.PutAsync("app", "A", tag);

        Assert.Equal("ACTIVE", (await DescribeAsync()).GetProperty("imageStatus").GetString());
        Assert.Equal(200, (await OciAsync("GET", $"/v2/app/manifests/{tag}")).Status);
    }

    [Fact]
    public async Task Pushing_it_again_over_the_OCI_wire_restores_it_at_once()
    {
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        Assert.Equal(201, (await OciAsync("PUT", "/v2/app/manifests/v1", EcrHost.Manifest("A"))).Status);

        Assert.Equal((200, EcrHost.Manifest("A")), await OciAsync("GET", "/v2/app/manifests/v1"));
    }

    [Fact]
    public async Task Referrers_of_an_archived_image_are_not_listed()
    {
        var referrer =
            $"{{\"schemaVersion\":2,\"mediaType\":\"{MediaType.OciManifest}\",\"config\":{{\"mediaType\":\"{MediaType.OciConfig}\","
            + $"\"digest\":\"{Digest.Sha256Of(EcrHost.Config)}\",\"size\":1}},\"layers\":[],"
            + $"\"subject\":{{\"mediaType\":\"{EcrHost.ManifestType}\",\"digest\":\"{DigestA}\",\"size\":1}}}}";
        var reference = Digest.Sha256Of(Encoding.UTF8.GetBytes(referrer));
        Assert.Equal((201, ""), await OciAsync("PUT", $"/v2/app/manifests/{reference}", referrer, MediaType.OciManifest));
        Assert.Contains($"{reference}", (await OciAsync("GET", $"/v2/app/referrers/{DigestA}")).Body, StringComparison.Ordinal);

        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        Assert.Equal(
            (200, "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"),
            await OciAsync("GET", $"/v2/app/referrers/{DigestA}"));
    }

    [Fact]
    public async Task What_would_change_nothing_is_not_supported()
    {
        await RefuseAsync("STANDARD", "it is not archived");
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));
        await RefuseAsync("ARCHIVE", "it is archived already");
    }

    [Fact]
    public async Task What_an_index_lists_is_not_archived_on_its_own()
    {
        var index = $"{{\"schemaVersion\":2,\"mediaType\":\"{MediaType.OciIndex}\",\"manifests\":[{{\"mediaType\":\"{EcrHost.ManifestType}\",\"digest\":\"{DigestA}\",\"size\":1}}]}}";
        await ecr.DoAsync("PutImage", new { repositoryName = "app", imageManifest = index });

        await RefuseAsync("ARCHIVE", "a manifest list that is not archived lists it");
    }

    [Fact]
    public async Task A_missing_image_is_told() =>
        await ecr.AssertRefusedAsync(
            "UpdateImageStorageClass", new { repositoryName = "app", imageId = new { imageTag = "nope" }, targetStorageClass = "ARCHIVE" },
            "ImageNotFoundException",
            "The image with imageId {imageDigest:'null', imageTag:'nope'} does not exist within the repository with name 'app' in the registry with id '123456789012'");

    [Fact]
    public async Task An_archived_image_can_be_deleted_at_any_age()
    {
        await ecr.DoAsync("UpdateImageStorageClass", Update("ARCHIVE"));

        var reply = await ecr.CallAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } });

        Assert.Equal($"{{\"imageIds\":[{{\"imageDigest\":\"{DigestA}\",\"imageTag\":\"v1\"}}],\"failures\":[]}}", reply.Body);
    }

    private static string DigestA => EcrHost.DigestOf("A");

    private static string LayerDigest => Digest.Sha256Of(EcrHost.Layer).ToString();

    private static string Error(string code, string message) => $"{{\"errors\":[{{\"code\":\"{code}\",\"message\":\"{message}\"}}]}}";

    private static object Update(string target) => new { repositoryName = "app", imageId = new { imageTag = "v1" }, targetStorageClass = target };

    private Task RefuseAsync(string target, string reason) => ecr.AssertRefusedAsync(
        "UpdateImageStorageClass", Update(target), "ImageStorageClassUpdateNotSupportedException",
        $"The storage class of the image with digest '{DigestA}' {InApp} cannot be updated: {reason}");

    private async Task<JsonElement> DescribeAsync() => (await ecr.DoAsync("DescribeImages", new
    {
        repositoryName = "app",
        imageIds = new[] { new { imageDigest = DigestA } },
        filter = new { imageStatus = "ANY" },
    })).GetProperty("imageDetails")[0];

    // The job is done as soon as it is enqueued, by a thread of its own.
    private async Task<JsonElement> ActiveAsync()
    {
        for (var asked = 0; asked < 1_000; asked++)
        {
            if (await DescribeAsync() is var detail && detail.GetProperty("imageStatus").ValueEquals("ACTIVE"))
            {
                return detail;
            }
        }

        throw new TimeoutException("the image did not come back");
    }

    private async Task<(int Listed, int Described)> CountAsync(string? imageStatus, string? tagStatus = null)
    {
        var request = new { repositoryName = "app", filter = new { imageStatus, tagStatus } };
        return ((await ecr.DoAsync("ListImages", request)).GetProperty("imageIds").GetArrayLength(),
            (await ecr.DoAsync("DescribeImages", request)).GetProperty("imageDetails").GetArrayLength());
    }

    private async Task<(int Status, string Body)> OciAsync(string method, string path, string? body = null, string? type = null)
    {
        var token = (await ecr.DoAsync("GetAuthorizationToken", new { })).GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString();
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.Authorization = new("Basic", token);
        request.Headers.Accept.Add(new(EcrHost.ManifestType));
        if (body is not null)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue(type ?? EcrHost.ManifestType));
        }

        using var response = await ecr.Berth.Http.SendAsync(request);
        return ((int)response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
    }
}
