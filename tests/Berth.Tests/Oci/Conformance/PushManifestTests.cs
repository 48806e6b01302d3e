using System.Net;
using System.Text;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Tests.Oci.Conformance;

[Trait("OCI distribution specification", "Push")]
public sealed class PushManifestTests
{
    // "Pushing Manifests"
    [Fact]
    public async Task A_pushed_manifest_is_pulled_byte_for_byte_from_its_location()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.ImageAsync("team/app", "v1", more: ",\"org.example.unknown\": { \"kept\" : [ 1.50 ] }");

        using var pushed = await host.PutManifestAsync("team/app", "v1", manifest);
        using var pulled = await host.SendAsync("GET", pushed.Location());

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(Digest.Sha256Of(manifest).ToString(), pushed.Header("Docker-Content-Digest"));
        Assert.Equal(manifest, await pulled.Content.ReadAsByteArrayAsync());
    }

    // "Pushing Manifests"
    [Fact]
    public async Task The_same_push_twice_succeeds_twice()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.PushImageAsync("team/app", "v1");

        using var again = await host.PutManifestAsync("team/app", "v1", manifest);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    // "Pushing Manifests": at least 4 MiB
    [Fact]
    public async Task A_manifest_of_four_mebibytes_is_stored_and_one_byte_more_is_not()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var image = await host.ImageAsync("team/app", "large");
        var largest = image.Concat(Enumerable.Repeat((byte)' ', Manifest.MaxLength - image.Length)).ToArray();

        using var stored = await host.PutManifestAsync("team/app", "large", largest);
        using var refused = await host.PutManifestAsync("team/app", "larger", [.. largest, (byte)' ']);

        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        await refused.ErrorAsync(413, "SIZE_INVALID");
    }

    // "Pushing Manifests": the tag parameter
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push_by_digest_sets_the_tags_it_asks_for(bool sha512)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.ImageAsync("team/app", "v1");
        var digest = sha512 ? OciRequests.Sha512Of(manifest) : Digest.Sha256Of(manifest);

        using var pushed = await host.PutManifestAsync("team/app", $"{digest}?tag=v1&tag=latest", manifest);
        using var pulled = await host.SendAsync("HEAD", "/v2/team/app/manifests/latest");

        Assert.Equal("v1, latest", pushed.Header("OCI-Tag"));
        Assert.Equal(digest.ToString(), pulled.Header("Docker-Content-Digest"));
    }

    // "Pushing Manifests": the digest is verified
    [Fact]
    public async Task A_manifest_of_another_digest_is_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.ImageAsync("team/app", "v1");

        using var response = await host.PutManifestAsync("team/app", Digest.Sha256Of(manifest).ToString(), [.. manifest, (byte)' ']);

        await response.ErrorAsync(400, "DIGEST_INVALID");
    }

    [Fact]
    public async Task A_digest_that_is_none_is_refused_before_the_manifest_is_read()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.PutManifestAsync("team/app", "sha256:totallywrong", "blablabla"u8.ToArray());

        await response.ErrorAsync(400, "DIGEST_INVALID");
    }

    [Theory]
    [InlineData("blablabla")]
    [InlineData("[]")]
    [InlineData("{\"schemaVersion\":2,\"schemaVersion\":2}")]
    public async Task What_is_no_manifest_is_refused_in_the_words_that_tools_look_for(string text)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.PutManifestAsync("team/app", "v1", Encoding.UTF8.GetBytes(text));

        Assert.Equal(
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
            await response.ErrorAsync(405, "UNSUPPORTED"));
    }

    [Fact]
    public async Task A_tag_that_is_none_is_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.PutManifestAsync("team/app", "2024.42.27+1234", "{}"u8.ToArray());

        await response.ErrorAsync(400, "UNSUPPORTED");
    }

    // "Pushing Manifests": an index may list what is not there
    [Fact]
    public async Task An_index_is_stored_with_and_without_the_images_it_lists()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var image = await host.PushImageAsync("team/app", "v1");
        foreach (var index in new[] { Manifests.Index(), Manifests.Index(image), Manifests.Index(image, "absent"u8.ToArray()) })
        {
            using var response = await host.PutManifestAsync("team/app", "index", index, MediaType.OciIndex);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    // "Push": a registry may refuse a manifest whose blobs it does not have, and ECR does
    [Fact]
    public async Task An_image_whose_layers_are_absent_is_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var config = await host.PushBlobAsync("team/app", "{}"u8.ToArray());
        var absent = Digest.Sha256Of("never pushed"u8);

        using var response = await host.PutManifestAsync("team/app", "v1", Manifests.Image((config, 2), (absent, 12)));

        Assert.StartsWith(
            $"Layers with digests '[{absent}]' required for pushing image",
            await response.ErrorAsync(404, "BLOB_UPLOAD_UNKNOWN"),
            StringComparison.Ordinal);
    }

    // Layers that may not be distributed are never demanded (OCI image specification, "Non-Distributable Layers")
    [Fact]
    public async Task Layers_that_lie_elsewhere_need_not_be_pushed()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var image = Encoding.UTF8.GetString(await host.ImageAsync("team/app", "v1"))
            .Replace(Digest.Sha256Of("layer of v1"u8).ToString(), Digest.Sha256Of("elsewhere"u8).ToString(), StringComparison.Ordinal)
            .Replace("image.layer.v1", "image.layer.nondistributable.v1", StringComparison.Ordinal);

        using var response = await host.PutManifestAsync("team/app", "v1", Encoding.UTF8.GetBytes(image));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task A_tag_that_may_not_move_says_so_in_the_words_that_tools_look_for()
    {
        await using var host = await OciHost.StartAsync();
        await host.CreateRepositoryAsync("fixed", new(TagMutability.Immutable, []));
        await host.PushImageAsync("fixed", "v1");

        using var response = await host.PutManifestAsync("fixed", "v1", await host.ImageAsync("fixed", "v2"));

        Assert.Equal(
            "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten because the tag is immutable.",
            await response.ErrorAsync(400, "TAG_INVALID"));
    }

    // "Pushing Manifests with Subject"
    [Fact]
    public async Task A_push_with_a_subject_names_it_whether_it_is_there_or_not()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var empty = await host.PushBlobAsync("team/app", "{}"u8.ToArray());
        var subject = Digest.Sha256Of("never pushed"u8);

        using var response = await host.PutManifestAsync("team/app", "signature", Manifests.Artifact(subject, "application/vnd.example", empty));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(subject.ToString(), response.Header("OCI-Subject"));
    }
}
