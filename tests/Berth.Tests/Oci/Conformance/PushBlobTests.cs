using System.Net;
using Berth.Vocabulary;

namespace Berth.Tests.Oci.Conformance;

[Trait("OCI distribution specification", "Push")]
public sealed class PushBlobTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 3067).Select(i => (byte)(i * 7))];
    private static readonly Digest ContentDigest = Digest.Sha256Of(Content);

    // "Pushing a blob monolithically", "POST then PUT"
    [Fact]
    public async Task A_session_and_one_put_store_a_blob()
    {
        await using var host = await OciHost.StartAsync("team/app");
        using var start = await host.SendAsync("POST", "/v2/team/app/blobs/uploads/");
        Assert.Equal("0-0", start.Header("Range"));
        Assert.EndsWith($"/v2/team/app/blobs/uploads/{start.Header("Docker-Upload-UUID")}", start.Location(), StringComparison.Ordinal);

        using var response = await host.SendAsync("PUT", $"{start.Location()}?digest={ContentDigest}", Content);

        await AssertStoredAsync(host, response, Content);
    }

    // "Pushing a blob monolithically", "Single POST"
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_post_stores_a_blob(bool sha512)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var digest = sha512 ? OciRequests.Sha512Of(Content) : ContentDigest;

        using var response = await host.SendAsync("POST", $"/v2/team/app/blobs/uploads/?digest={digest}", Content);

        await AssertStoredAsync(host, response, Content);
    }

    // "Pushing a blob in chunks"
    [Theory]
    [InlineData(false, "{0}-{1}")]
    [InlineData(true, "{0}-{1}")]
    [InlineData(false, "bytes {0}-{1}/*")]
    public async Task Chunks_in_order_store_a_blob(bool lastByPut, string form)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");
        foreach (var (first, last) in lastByPut ? [(0, 1023), (1024, 2047)] : new[] { (0, 1023), (1024, 2047), (2048, 3066) })
        {
            using var chunk = await host.SendAsync(
                "PATCH", session, Content[first..(last + 1)], ("Content-Range", string.Format(null, form, first, last)));
            Assert.Equal(HttpStatusCode.Accepted, chunk.StatusCode);
            Assert.Equal($"0-{last}", chunk.Header("Range"));
            session = chunk.Location();
        }

        using var response = lastByPut
            ? await host.SendAsync("PUT", $"{session}?digest={ContentDigest}", Content[2048..], ("Content-Range", "2048-3066"))
            : await host.SendAsync("PUT", $"{session}?digest={ContentDigest}");

        await AssertStoredAsync(host, response, Content);
    }

    // "Pushing a blob in chunks": a stream has no length and no range
    [Fact]
    public async Task A_stream_of_unknown_length_stores_a_blob()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");
        using var patch = await host.SendAsync("PATCH", session, Content, ("Transfer-Encoding", "chunked"));
        Assert.Equal(HttpStatusCode.Accepted, patch.StatusCode);

        using var response = await host.SendAsync("PUT", $"{patch.Location()}?digest={ContentDigest}");

        await AssertStoredAsync(host, response, Content);
    }

    // "Pushing a blob in chunks": chunks must be in order
    [Theory]
    [InlineData("PATCH", "2048-3066")]
    [InlineData("PATCH", "0-1018")]
    [InlineData("PUT", "2048-3066")]
    public async Task A_chunk_out_of_order_is_refused_and_the_session_goes_on(string method, string range)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");
        (await host.SendAsync("PATCH", session, Content[..1024], ("Content-Range", "0-1023"))).Dispose();

        using var refused = await host.SendAsync(method, $"{session}?digest={ContentDigest}", Content[2048..], ("Content-Range", range));
        using var progress = await host.SendAsync("GET", session);
        using var rest = await host.SendAsync("PUT", $"{progress.Location()}?digest={ContentDigest}", Content[1024..]);

        await refused.ErrorAsync(416, "BLOB_UPLOAD_INVALID");
        Assert.Equal(HttpStatusCode.NoContent, progress.StatusCode);
        Assert.Equal("0-1023", progress.Header("Range"));
        await AssertStoredAsync(host, rest, Content);
    }

    // "Pushing a blob in chunks"
    [Theory]
    [InlineData("0-2047", "SIZE_INVALID")]
    [InlineData("10-1", "UNSUPPORTED")]
    [InlineData("everything", "UNSUPPORTED")]
    [InlineData("0-99999999999999999999", "UNSUPPORTED")]
    public async Task A_chunk_that_contradicts_itself_leaves_the_session_as_it_was(string range, string code)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");

        using var refused = await host.SendAsync("PATCH", session, Content[..1024], ("Content-Range", range));
        using var whole = await host.SendAsync("PUT", $"{session}?digest={ContentDigest}", Content);

        await refused.ErrorAsync(400, code);
        await AssertStoredAsync(host, whole, Content);
    }

    // "Pushing blobs": the digest is verified
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_wrong_digest_is_refused_however_the_bytes_came(string method)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = method is "POST" ? "/v2/team/app/blobs/uploads/" : await host.StartUploadAsync("team/app");
        if (method is "PATCH")
        {
            (await host.SendAsync("PATCH", session, Content)).Dispose();
        }

        using var response = await host.SendAsync(
            method is "POST" ? "POST" : "PUT",
            $"{session}?digest={Digest.Sha256Of("other"u8)}",
            method is "PATCH" ? null : Content);

        Assert.Equal(
            "None of the provided layer digests match the calculated layer digest",
            await response.ErrorAsync(400, "DIGEST_INVALID"));
    }

    // "Pushing blobs"
    [Theory]
    [InlineData("")]
    [InlineData("?digest=")]
    [InlineData("?digest=sha256:totallywrong")]
    [InlineData("?digest=md5:d41d8cd98f00b204e9800998ecf8427e")]
    public async Task A_put_needs_a_digest(string query)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");

        using var response = await host.SendAsync("PUT", session + query, Content);

        await response.ErrorAsync(400, "DIGEST_INVALID");
    }

    // The empty blob has a digest like any other
    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task An_empty_blob_is_stored(string method)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = method is "POST" ? "/v2/team/app/blobs/uploads/" : await host.StartUploadAsync("team/app");

        using var response = await host.SendAsync(method, $"{session}?digest={Digest.Sha256Of([])}", []);

        await AssertStoredAsync(host, response, []);
    }

    // "Pushing blobs": digest-algorithm tells how the content will be addressed
    [Theory]
    [InlineData("sha512", 202)]
    [InlineData("md5", 400)]
    public async Task The_algorithm_may_be_told_beforehand(string algorithm, int status)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("POST", $"/v2/team/app/blobs/uploads/?digest-algorithm={algorithm}");

        Assert.Equal(status, (int)response.StatusCode);
    }

    // "Mounting a blob from another repository"
    [Theory]
    [InlineData("&from=team/base")]
    [InlineData("")]
    public async Task A_blob_of_another_repository_is_mounted(string from)
    {
        await using var host = await OciHost.StartAsync("team/app", "team/base");
        var digest = await host.PushBlobAsync("team/base", Content);

        using var response = await host.SendAsync("POST", $"/v2/team/app/blobs/uploads/?mount={digest}{from}");

        await AssertStoredAsync(host, response, Content);
    }

    // "Mounting a blob from another repository": what cannot be mounted is uploaded
    [Theory]
    [InlineData("&from=team/base")]
    [InlineData("&from=team/absent")]
    [InlineData("&from=NO%20NAME")]
    [InlineData("")]
    public async Task A_mount_that_cannot_be_becomes_an_upload(string from)
    {
        await using var host = await OciHost.StartAsync("team/app", "team/base");

        using var mount = await host.SendAsync("POST", $"/v2/team/app/blobs/uploads/?mount={ContentDigest}{from}");
        using var put = await host.SendAsync("PUT", $"{mount.Location()}?digest={ContentDigest}", Content);

        Assert.Equal(HttpStatusCode.Accepted, mount.StatusCode);
        await AssertStoredAsync(host, put, Content);
    }

    // "Canceling a blob upload"
    [Fact]
    public async Task A_cancelled_session_is_gone()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");
        (await host.SendAsync("PATCH", session, Content)).Dispose();

        using var cancel = await host.SendAsync("DELETE", session);
        using var after = await host.SendAsync("GET", session);

        Assert.Equal(HttpStatusCode.NoContent, cancel.StatusCode);
        await after.ErrorAsync(404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    [InlineData("no-session")]
    public async Task A_session_that_never_was_is_unknown(string session)
    {
        await using var host = await OciHost.StartAsync("team/app");

        using var response = await host.SendAsync("PATCH", $"/v2/team/app/blobs/uploads/{session}", Content);

        await response.ErrorAsync(404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task A_repository_that_is_not_there_takes_no_uploads()
    {
        await using var host = await OciHost.StartAsync();

        using var response = await host.SendAsync("POST", "/v2/team/app/blobs/uploads/");

        Assert.Equal(
            "The repository with name 'team/app' does not exist in the registry with id '123456789012'",
            await response.ErrorAsync(404, "NAME_UNKNOWN"));
    }

    // "a pullable blob URL"
    private static async Task AssertStoredAsync(OciHost host, HttpResponseMessage response, byte[] content)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        using var pulled = await host.SendAsync("GET", response.Location());
        Assert.Equal(HttpStatusCode.OK, pulled.StatusCode);
        Assert.Equal(response.Header("Docker-Content-Digest"), pulled.Header("Docker-Content-Digest"));
        Assert.Equal(content, await pulled.Content.ReadAsByteArrayAsync());
    }
}
