using System.Net;
using Berth.Vocabulary;

namespace Berth.Tests.Oci.Conformance;

[Trait("OCI distribution specification", "Content Management")]
public sealed class ManagementTests
{
    // "Deleting tags"
    [Fact]
    public async Task Deleting_a_tag_leaves_its_image()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = Digest.Sha256Of(await host.PushImageAsync("team/app", "v1"));

        using var deleted = await host.SendAsync("DELETE", "/v2/team/app/manifests/v1");
        using var byTag = await host.SendAsync("HEAD", "/v2/team/app/manifests/v1");
        using var byDigest = await host.SendAsync("HEAD", $"/v2/team/app/manifests/{digest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byDigest.StatusCode);
    }

    // "Deleting Manifests"
    [Fact]
    public async Task Deleting_an_image_takes_its_tags()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = Digest.Sha256Of(await host.PushImageAsync("team/app", "v1"));

        using var deleted = await host.SendAsync("DELETE", $"/v2/team/app/manifests/{digest}");
        using var byTag = await host.SendAsync("GET", "/v2/team/app/manifests/v1");
        using var again = await host.SendAsync("DELETE", $"/v2/team/app/manifests/{digest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await byTag.ErrorAsync(404, "MANIFEST_UNKNOWN");
        await again.ErrorAsync(404, "MANIFEST_UNKNOWN");
    }

    // ECR user guide, "Deleting an image": an image that an index lists stays
    [Fact]
    public async Task An_index_goes_before_the_images_it_lists()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var image = await host.PushImageAsync("team/app", "v1");
        var index = Manifests.Index(image);
        (await host.PutManifestAsync("team/app", "index", index, MediaType.OciIndex)).Dispose();

        using var early = await host.SendAsync("DELETE", $"/v2/team/app/manifests/{Digest.Sha256Of(image)}");
        using var first = await host.SendAsync("DELETE", $"/v2/team/app/manifests/{Digest.Sha256Of(index)}");
        using var second = await host.SendAsync("DELETE", $"/v2/team/app/manifests/{Digest.Sha256Of(image)}");

        Assert.Equal(
            $"Requested image referenced by manifest list: [{Digest.Sha256Of(index)}]",
            await early.ErrorAsync(405, "UNSUPPORTED"));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    // "Deleting Manifests": a referrer goes from the list with its manifest
    [Fact]
    public async Task A_deleted_artifact_is_listed_no_more()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var subject = Digest.Sha256Of("never pushed"u8);
        var artifact = Manifests.Artifact(subject, "application/vnd.example", await host.PushBlobAsync("team/app", "{}"u8.ToArray()));
        (await host.PutManifestAsync("team/app", "signature", artifact)).Dispose();

        (await host.SendAsync("DELETE", $"/v2/team/app/manifests/{Digest.Sha256Of(artifact)}")).Dispose();
        using var response = await host.SendAsync("GET", $"/v2/team/app/referrers/{subject}");

        Assert.Equal(0, (await response.JsonAsync()).GetProperty("manifests").GetArrayLength());
    }

    // "Deleting Blobs"
    [Fact]
    public async Task A_deleted_blob_is_gone_at_once()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", [1, 2, 3]);

        using var deleted = await host.SendAsync("DELETE", $"/v2/team/app/blobs/{digest}");
        using var after = await host.SendAsync("HEAD", $"/v2/team/app/blobs/{digest}");
        using var again = await host.SendAsync("DELETE", $"/v2/team/app/blobs/{digest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
        await again.ErrorAsync(404, "BLOB_UNKNOWN");
    }

    // "Deleting Blobs": 405 is the specification's answer where deletion is not offered
    [Fact]
    public async Task A_blob_that_an_image_needs_cannot_be_deleted()
    {
        await using var host = await OciHost.StartAsync("team/app");
        await host.PushImageAsync("team/app", "v1");
        var layer = Digest.Sha256Of("layer of v1"u8);

        using var refused = await host.SendAsync("DELETE", $"/v2/team/app/blobs/{layer}");
        using var after = await host.SendAsync("HEAD", $"/v2/team/app/blobs/{layer}");

        await refused.ErrorAsync(405, "UNSUPPORTED");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
