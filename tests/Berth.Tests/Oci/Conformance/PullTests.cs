using System.Net;
using Berth.Vocabulary;

namespace Berth.Tests.Oci.Conformance;

[Trait("OCI distribution specification", "Pull")]
public sealed class PullTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 2048).Select(i => (byte)i)];

    // "Determining Support"
    [Fact]
    public async Task Ping_says_that_this_is_a_registry()
    {
        await using var host = await OciHost.StartAsync();

        using var response = await host.SendAsync("GET", "/v2/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("registry/2.0", response.Header("Docker-Distribution-Api-Version"));
    }

    // "Pulling manifests"
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_manifest_is_found_by_tag_and_by_digest(string method)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.PushImageAsync("team/app", "v1");
        var digest = Digest.Sha256Of(manifest).ToString();

        foreach (var reference in new[] { "v1", digest })
        {
            using var response = await host.SendAsync(method, $"/v2/team/app/manifests/{reference}");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(MediaType.OciManifest, response.Header("Content-Type"));
            Assert.Equal(manifest.Length, response.Content.Headers.ContentLength);
            Assert.Equal(digest, response.Header("Docker-Content-Digest"));
            Assert.Equal(method is "HEAD" ? [] : manifest, await response.Content.ReadAsByteArrayAsync());
        }
    }

    // "Pulling manifests"
    [Theory]
    [InlineData("absent")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task A_manifest_that_is_not_there_is_unknown(string reference)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", $"/v2/team/app/manifests/{reference}");

        Assert.Equal("Requested image not found", await response.ErrorAsync(404, "MANIFEST_UNKNOWN"));
    }

    // "Pulling manifests"
    [Fact]
    public async Task A_digest_that_is_none_is_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", "/v2/team/app/manifests/sha256:baddigeststring");

        await response.ErrorAsync(400, "DIGEST_INVALID");
    }

    // "Pulling blobs", "Checking if content exists in the registry"
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_blob_is_pulled_by_either_algorithm(bool sha512)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", Content, sha512);

        using var head = await host.SendAsync("HEAD", $"/v2/team/app/blobs/{digest}");
        using var get = await host.SendAsync("GET", $"/v2/team/app/blobs/{digest}");

        Assert.Equal(Content, await get.Content.ReadAsByteArrayAsync());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        foreach (var response in new[] { head, get })
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(Content.Length, response.Content.Headers.ContentLength);
            Assert.Equal(digest.ToString(), response.Header("Docker-Content-Digest"));
            Assert.Equal(MediaType.OctetStream, response.Header("Content-Type"));
        }
    }

    // "Pulling blobs"
    [Fact]
    public async Task A_blob_that_is_not_there_is_unknown()
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("GET", $"/v2/team/app/blobs/{Digest.Sha256Of(Content)}");

        await response.ErrorAsync(404, "BLOB_UNKNOWN");
    }

    // "Pulling blobs"
    [Theory]
    [InlineData("bytes=500-1499", 500, 1499)]
    [InlineData("bytes=500-", 500, 2047)]
    [InlineData("bytes=-500", 1548, 2047)]
    [InlineData("bytes=2000-5000", 2000, 2047)]
    public async Task A_range_of_a_blob_is_pulled(string range, int first, int last)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", Content);

        using var response = await host.SendAsync("GET", $"/v2/team/app/blobs/{digest}", body: null, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {first}-{last}/2048", response.Header("Content-Range"));
        Assert.Equal(Content[first..(last + 1)], await response.Content.ReadAsByteArrayAsync());
    }

    // "Pulling blobs"
    [Theory]
    [InlineData("bytes=500-0")]
    [InlineData("bytes=5000-10000")]
    public async Task A_range_outside_a_blob_cannot_be_satisfied(string range)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", Content);

        using var response = await host.SendAsync("GET", $"/v2/team/app/blobs/{digest}", body: null, ("Range", range));

        await response.ErrorAsync(416, "SIZE_INVALID");
        Assert.Equal("bytes */2048", response.Header("Content-Range"));
    }

    // RFC 9110, 14.2: a server may answer several ranges with the whole
    [Fact]
    public async Task Several_ranges_give_the_whole_blob()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", Content);

        using var response = await host.SendAsync("GET", $"/v2/team/app/blobs/{digest}", body: null, ("Range", "bytes=0-1,5-6"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Content, await response.Content.ReadAsByteArrayAsync());
    }

    // RFC 9110, 13.1.2
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Who_has_the_content_is_told_so(string method)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var manifest = await host.PushImageAsync("team/app", "v1");
        var digest = await host.PushBlobAsync("team/app", Content);

        foreach (var (path, tag) in new[] { ("manifests/v1", Digest.Sha256Of(manifest)), ($"blobs/{digest}", digest) })
        {
            using var response = await host.SendAsync(
                method, $"/v2/team/app/{path}", body: null, ("If-None-Match", $"\"other\", W/\"{tag}\""));

            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal($"\"{tag}\"", response.Header("ETag"));
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    // RFC 9110, 13.1.5
    [Fact]
    public async Task A_range_of_other_content_gives_the_whole_blob()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = await host.PushBlobAsync("team/app", Content);

        using var other = await host.SendAsync(
            "GET", $"/v2/team/app/blobs/{digest}", body: null, ("Range", "bytes=0-1"), ("If-Range", "\"other\""));
        using var same = await host.SendAsync(
            "GET", $"/v2/team/app/blobs/{digest}", body: null, ("Range", "bytes=0-1"), ("If-Range", $"\"{digest}\""));

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
    }

    // "Pulling manifests": the client's Accept says which types it takes
    [Fact]
    public async Task A_tag_is_given_in_the_form_the_client_takes()
    {
        await using var host = await OciHost.StartAsync("team/app");
        await host.PushImageAsync("team/app", "v1");

        using var response = await host.SendAsync("GET", "/v2/team/app/manifests/v1", body: null, ("Accept", MediaType.DockerManifest));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(MediaType.DockerManifest, response.Header("Content-Type"));
        Assert.Equal(Digest.Sha256Of(body).ToString(), response.Header("Docker-Content-Digest"));
        Assert.Equal(MediaType.DockerManifest, Manifest.Parse(body, declaredType: null).MediaType);
    }

    // "Pulling manifests": a digest is the digest of what is given
    [Fact]
    public async Task A_digest_is_never_answered_with_other_bytes()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = Digest.Sha256Of(await host.PushImageAsync("team/app", "v1"));

        using var response = await host.SendAsync(
            "GET", $"/v2/team/app/manifests/{digest}", body: null, ("Accept", MediaType.DockerManifest));

        await response.ErrorAsync(404, "MANIFEST_UNKNOWN");
    }
}
