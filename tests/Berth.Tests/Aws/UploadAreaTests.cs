using System.Text;
using System.Xml.Linq;
using Berth.Tests.Gate;

namespace Berth.Tests.Aws;

/// <summary>Templates are uploaded as to S3; statuses, codes and texts are S3's.</summary>
public sealed class UploadAreaTests : IAsyncLifetime
{
    private GateHost host = null!;

    private Actor Root => host.Root;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_was_uploaded_is_given_back()
    {
        await Root.S3Async("PUT", "/templates");
        var put = await Root.S3Async("PUT", "/templates/app/one%20two.yaml", "Resources: {}"u8.ToArray());
        var got = await Root.S3Async("GET", "/templates/app/one%20two.yaml");
        var head = await Root.S3Async("HEAD", "/templates/app/one%20two.yaml");

        Assert.Equal((200, "\"23abc65c96027d9b57591b7d04147bea\""), ((int)put.Status, put.Headers.ETag!.Tag));
        Assert.Equal((200, "Resources: {}"), ((int)got.Status, got.Body));
        Assert.Equal((200, "", put.Headers.ETag), ((int)head.Status, head.Body, head.Headers.ETag));
    }

    [Fact]
    public async Task A_later_upload_stands_in_place_of_an_earlier_one()
    {
        await UploadAsync("a.yaml", "one");
        await UploadAsync("a.yaml", "two");

        Assert.Equal("two", (await Root.S3Async("GET", "/templates/a.yaml")).Body);
    }

    [Fact]
    public async Task A_bucket_is_listed_by_folders_or_by_keys_page_by_page()
    {
        foreach (var key in new[] { "a.yaml", "app/b.yaml", "app/c.yaml", "web/d.yaml" })
        {
            await UploadAsync(key, key);
        }

        var folders = XDocument.Parse((await Root.S3Async("GET", "/templates?list-type=2&prefix=&delimiter=%2F")).Body).Root!;
        var first = XDocument.Parse((await Root.S3Async("GET", "/templates?list-type=2&max-keys=3")).Body).Root!;
        var next = Uri.EscapeDataString(Text(first, "NextContinuationToken").Single());
        var second = XDocument.Parse((await Root.S3Async("GET", $"/templates?continuation-token={next}&list-type=2&max-keys=3")).Body).Root!;

        Assert.Equal(["a.yaml"], Text(folders, "Key"));
        Assert.Equal(["", "app/", "web/"], Text(folders, "Prefix"));
        Assert.Equal(["a.yaml", "app/b.yaml", "app/c.yaml"], Text(first, "Key"));
        Assert.Equal(["true"], Text(first, "IsTruncated"));
        Assert.Equal(["web/d.yaml"], Text(second, "Key"));
        Assert.Equal(["false"], Text(second, "IsTruncated"));
    }

    [Fact]
    public async Task Chunks_with_a_sum_after_them_are_put_together()
    {
        await Root.S3Async("PUT", "/templates");
        var kept = await PutChunkedAsync("DUoRhQ==");
        var refused = await PutChunkedAsync("AAAAAA==");

        Assert.Equal(200, (int)kept.Status);
        Assert.Equal("hello world", (await Root.S3Async("GET", "/templates/chunked")).Body);
        AssertError(refused, 400, "BadDigest", "The CRC32 you specified did not match the calculated checksum.");
    }

    [Theory]
    [InlineData("PUT", "/UPPER", 400, "InvalidBucketName", "The specified bucket is not valid.")]
    [InlineData("PUT", "/10.1.2.3", 400, "InvalidBucketName", "The specified bucket is not valid.")]
    [InlineData("PUT", "/templates", 409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")]
    [InlineData("DELETE", "/templates", 409, "BucketNotEmpty", "The bucket you tried to delete is not empty")]
    [InlineData("GET", "/nobody", 404, "NoSuchBucket", "The specified bucket does not exist")]
    [InlineData("GET", "/templates/none", 404, "NoSuchKey", "The specified key does not exist.")]
    [InlineData("GET", "/templates?policy", 501, "NotImplemented", "A header you provided implies functionality that is not implemented.")]
    [InlineData("POST", "/templates/a?uploads", 501, "NotImplemented", "A header you provided implies functionality that is not implemented.")]
    public async Task What_cannot_be_done_is_told_as_S3_tells_it(string method, string path, int status, string code, string text)
    {
        await UploadAsync("a.yaml", "one");

        AssertError(await Root.S3Async(method, path), status, code, text);
    }

    [Fact]
    public async Task What_is_longer_than_any_template_is_refused()
    {
        await Root.S3Async("PUT", "/templates");

        AssertError(
            await Root.S3Async("PUT", "/templates/long", new byte[(1024 * 1024) + 1]),
            400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");
    }

    [Fact]
    public async Task Whoever_may_not_is_told_why_and_another_account_learns_nothing()
    {
        await UploadAsync("a.yaml", "one");
        var reader = await host.UserAsync("reader", Policies.OfIdentity("Allow", "s3:GetObject"));
        var stranger = await host.UserAsync("stranger", Policies.OfIdentity("Allow", "s3:*"), GateHost.Other);

        Assert.Equal("one", (await reader.S3Async("GET", "/templates/a.yaml")).Body);
        AssertError(
            await reader.S3Async("PUT", "/templates/a.yaml", "two"u8.ToArray()),
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/reader is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::templates/a.yaml because no identity-based policy allows the s3:PutObject action");
        AssertError(await stranger.S3Async("GET", "/templates/a.yaml"), 403, "AccessDenied", "Access Denied");
        AssertError(await stranger.S3Async("PUT", "/templates"), 409, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");
    }

    private async Task UploadAsync(string key, string content)
    {
        await Root.S3Async("PUT", "/templates");
        Assert.Equal(200, (int)(await Root.S3Async("PUT", $"/templates/{key}", Encoding.UTF8.GetBytes(content))).Status);
    }

    private Task<GateReply> PutChunkedAsync(string sum) => Root.S3Async(
        "PUT",
        "/templates/chunked",
        Encoding.ASCII.GetBytes($"5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:{sum}\r\n\r\n"),
        ("X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("X-Amz-Trailer", "x-amz-checksum-crc32"));

    private static void AssertError(GateReply reply, int status, string code, string text)
    {
        var error = XDocument.Parse(reply.Body).Root!;
        Assert.Equal((status, code, text), ((int)reply.Status, error.Element("Code")?.Value, error.Element("Message")?.Value));
    }

    private static string[] Text(XElement root, string name) =>
        [.. root.Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Select(element => element.Value)];
}
