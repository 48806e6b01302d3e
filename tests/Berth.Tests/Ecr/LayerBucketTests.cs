using System.Globalization;
using System.Xml.Linq;
using Berth.Server.Gate;
using Berth.Server.Gate.LayerBucket;
using Berth.Storage.Blobs;
using Berth.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.Ecr;

/// <summary>Layers are downloaded from presigned URLs as from S3; statuses, codes and texts are S3's.</summary>
public sealed class LayerBucketTests : IAsyncLifetime
{
    private const string Mismatch = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

    private EcrHost ecr = null!;
    private Uri url = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
        await ecr.PutAsync("app", "A", "v1");
        url = await UrlAsync("app", EcrHost.Layer);
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_URL_has_the_form_of_ECRs_and_lasts_an_hour()
    {
        Assert.Matches(
            $@"\Ahttp://localhost:{ecr.Berth.Url.Port}/prod-us-east-1-starport-layer-bucket/[0-9a-f]{{4}}-123456789012-[0-9a-f-]{{36}}/[0-9a-f-]{{36}}"
            + @"\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA[A-Z]{16}%2F20260115%2Fus-east-1%2Fs3%2Faws4_request"
            + @"&X-Amz-Date=20260115T120000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=[0-9a-f]{64}\z",
            url.AbsoluteUri);

        ecr.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(EcrHost.Layer, await DownloadAsync(url));

        ecr.Time.Advance(TimeSpan.FromSeconds(1));
        using var late = await SendAsync(HttpMethod.Get, url);
        var error = await AssertErrorAsync(late, 403, "AccessDenied", "Request has expired");
        Assert.Equal(
            ("3600", "2026-01-15T13:00:00Z", "2026-01-15T13:00:01Z"),
            (error.Element("X-Amz-Expires")?.Value, error.Element("Expires")?.Value, error.Element("ServerTime")?.Value));
    }

    [Fact]
    public async Task A_download_needs_no_header_and_minds_no_foreign_credentials()
    {
        using var reply = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("Authorization", "Basic QVdTOnRva2Vu"));

        Assert.Equal(200, (int)reply.StatusCode);
        Assert.Equal(EcrHost.Layer, await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{Digest.Sha256Of(EcrHost.Layer)}\"", reply.Headers.ETag?.Tag);
        Assert.Equal("application/octet-stream", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_range_is_a_part_of_the_layer()
    {
        using var part = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("Range", "bytes=2-4"));
        using var beyond = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("Range", "bytes=100-"));

        Assert.Equal((206, "bytes 2-4/7"), ((int)part.StatusCode, part.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(EcrHost.Layer[2..5], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes */7", beyond.Content.Headers.ContentRange?.ToString());
        await AssertErrorAsync(beyond, 416, "InvalidRange", "The requested range is not satisfiable");
    }

    [Fact]
    public async Task Whoever_has_the_layer_is_told_so()
    {
        using var reply = await SendAsync(
            HttpMethod.Get, url, request => request.Headers.Add("If-None-Match", $"\"{Digest.Sha256Of(EcrHost.Layer)}\""));

        Assert.Equal(304, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Whoever_wants_another_layer_gets_none()
    {
        using var same = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("If-Match", $"\"{Digest.Sha256Of(EcrHost.Layer)}\""));
        using var other = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("If-Match", "\"sha256:0\""));

        Assert.Equal(200, (int)same.StatusCode);
        await AssertErrorAsync(other, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    [Fact]
    public async Task A_URL_opens_nothing_else()
    {
        var other = await UrlAsync("app", EcrHost.Config);

        foreach (var widened in new[]
        {
            new UriBuilder(url) { Path = other.AbsolutePath }.Uri,
            new UriBuilder(url) { Path = url.AbsolutePath.Replace("us-east-1", "us-east-2", StringComparison.Ordinal), Query = url.Query.Replace("us-east-1", "us-east-2", StringComparison.Ordinal) }.Uri,
            Changed("X-Amz-Expires=3600", "X-Amz-Expires=604800"),
            Changed("X-Amz-Date=20260115T120000Z", "X-Amz-Date=20260115T121000Z"),
            new Uri(url.AbsoluteUri + "&response-content-type=text/html"),
        })
        {
            using var reply = await SendAsync(HttpMethod.Get, widened);
            await AssertErrorAsync(reply, 403, "SignatureDoesNotMatch", Mismatch);
        }

        using var head = await SendAsync(HttpMethod.Head, url);
        Assert.Equal(403, (int)head.StatusCode);
        using var moved = await SendAsync(HttpMethod.Get, url, request => request.Headers.Host = "elsewhere:80");
        await AssertErrorAsync(moved, 403, "SignatureDoesNotMatch", Mismatch);
    }

    [Fact]
    public async Task A_wrong_signature_is_answered_with_what_should_have_been_signed()
    {
        using var reply = await SendAsync(HttpMethod.Get, Changed("X-Amz-Signature=", "X-Amz-Signature=0"));

        var error = await AssertErrorAsync(reply, 403, "SignatureDoesNotMatch", Mismatch);
        Assert.StartsWith("AWS4-HMAC-SHA256\n20260115T120000Z\n20260115/us-east-1/s3/aws4_request\n", error.Element("StringToSign")?.Value, StringComparison.Ordinal);
        Assert.StartsWith("GET\n" + url.AbsolutePath + "\n", error.Element("CanonicalRequest")?.Value, StringComparison.Ordinal);
        Assert.StartsWith("47 45 54 0a", error.Element("CanonicalRequestBytes")?.Value, StringComparison.Ordinal);
        Assert.Equal(LayerBucketKey.Id, error.Element("AWSAccessKeyId")?.Value);
        Assert.NotEmpty(error.Element("RequestId")!.Value);
    }

    [Theory]
    [InlineData("X-Amz-Expires=3600&", "", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [InlineData("AWS4-HMAC-SHA256", "AWS3", "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"")]
    [InlineData("X-Amz-Date=2026", "X-Amz-Date=26", "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=soon", "X-Amz-Expires should be a number")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=-1", "X-Amz-Expires must be non-negative")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=604801", "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds")]
    [InlineData("%2Faws4_request", "", "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [InlineData("%2Fus-east-1%2F", "%2Feu-west-1%2F", "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting 'us-east-1'")]
    [InlineData("%2Fs3%2F", "%2Fecr%2F", "Error parsing the X-Amz-Credential parameter; incorrect service \"ecr\". This endpoint belongs to \"s3\".")]
    public async Task A_query_that_cannot_be_read_is_told_why(string was, string became, string message)
    {
        using var reply = await SendAsync(HttpMethod.Get, Changed(was, became));

        await AssertErrorAsync(reply, 400, "AuthorizationQueryParametersError", message);
    }

    [Fact]
    public async Task Nobody_reads_without_a_signature_or_with_another_key()
    {
        using var unsigned = await SendAsync(HttpMethod.Get, new(url.GetLeftPart(UriPartial.Path)));
        using var foreign = await SendAsync(HttpMethod.Get, Changed("ASIABERTHLAYERBUCKET", "AKIAIOSFODNN7EXAMPLE"));
        using var strange = await SendAsync(HttpMethod.Get, Changed("ASIABERTHLAYERBUCKET", "%01%3C"));

        await AssertErrorAsync(unsigned, 403, "AccessDenied", "Access Denied");
        await AssertErrorAsync(foreign, 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
        Assert.Contains("<AWSAccessKeyId>&#x1;&lt;</AWSAccessKeyId>", await strange.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_S3_would_act_on_must_be_signed()
    {
        using var reply = await SendAsync(HttpMethod.Get, url, request => request.Headers.Add("X-Amz-Server-Side-Encryption-Customer-Key", "x"));

        var error = await AssertErrorAsync(reply, 403, "AccessDenied", "There were headers present in the request which were not signed");
        Assert.Equal("x-amz-server-side-encryption-customer-key", error.Element("HeadersNotSigned")?.Value);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task The_bucket_is_read_only(string method)
    {
        using var reply = await SendAsync(new(method), url);

        await AssertErrorAsync(reply, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }

    [Fact]
    public async Task A_URL_ends_with_its_repository()
    {
        await ecr.DoAsync("DeleteRepository", new { repositoryName = "app", force = true });

        using var reply = await SendAsync(HttpMethod.Get, url);
        await AssertErrorAsync(reply, 404, "NoSuchKey", "The specified key does not exist.");
    }

    [Fact]
    public async Task The_bucket_may_be_the_hosts_first_label_under_any_suffix()
    {
        var key = url.AbsolutePath.Split('/', 3)[2];
        var named = Sign($"http://prod-us-east-1-starport-layer-bucket.s3.us-east-1.example.com/{key}", "GET");

        using var reply = await SendAsync(HttpMethod.Get, named);

        Assert.Equal(EcrHost.Layer, await reply.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HEAD_needs_a_signature_of_its_own_and_describes_the_layer()
    {
        using var reply = await SendAsync(HttpMethod.Head, Sign(url.GetLeftPart(UriPartial.Path), "HEAD"));

        Assert.Equal((200, (long?)EcrHost.Layer.Length), ((int)reply.StatusCode, reply.Content.Headers.ContentLength));
        Assert.Equal("bytes", reply.Headers.AcceptRanges.Single());
    }

    private async Task<Uri> UrlAsync(string repository, byte[] layer)
    {
        var answer = await ecr.DoAsync(
            "GetDownloadUrlForLayer", new { repositoryName = repository, layerDigest = Digest.Sha256Of(layer).ToString() });
        return new(answer.GetProperty("downloadUrl").GetString()!);
    }

    private Uri Changed(string was, string became)
    {
        Assert.Contains(was, url.AbsoluteUri, StringComparison.Ordinal);
        return new(url.AbsoluteUri.Replace(was, became, StringComparison.Ordinal));
    }

    private async Task<byte[]> DownloadAsync(Uri from)
    {
        using var reply = await SendAsync(HttpMethod.Get, from);
        return await reply.Content.ReadAsByteArrayAsync();
    }

    // Goes to the listener's address whatever name the URL has, which is sent as the host.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri to, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(ecr.Berth.Url, to.PathAndQuery));
        request.Headers.Host = to.Authority;
        change?.Invoke(request);
        return await ecr.Berth.Http.SendAsync(request);
    }

    private Uri Sign(string resource, string method)
    {
        var keyring = Keyring.LoadOrCreate(Path.Combine(ecr.Berth.Data, "keyring"), new(), ecr.Time);
        var timestamp = ecr.Time.GetUtcNow().UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        var scope = new SignatureScope(timestamp[..8], "us-east-1", "s3");
        var uri = new Uri($"{resource}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{LayerBucketKey.Id}/{scope}")}"
            + $"&X-Amz-Date={timestamp}&X-Amz-Expires=60&X-Amz-SignedHeaders=host");
        var request = new WireRequest(method, uri.AbsolutePath, uri.Query[1..], new HeaderDictionary { ["host"] = uri.Authority });
        var text = SignatureV4.StringToSign(
            SignatureV4.CanonicalRequest(request, ["host"], SignatureV4.UnsignedPayload, "s3"), timestamp, scope);
        return new($"{uri}&X-Amz-Signature={SignatureV4.Sign(SignatureV4.SigningKey(LayerBucketKey.SecretOf(keyring), scope), text)}");
    }

    private static async Task<XElement> AssertErrorAsync(HttpResponseMessage reply, int status, string code, string message)
    {
        var error = XDocument.Parse(await reply.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(
            (status, "application/xml", code, message),
            ((int)reply.StatusCode, reply.Content.Headers.ContentType?.MediaType, error.Element("Code")?.Value, error.Element("Message")?.Value));
        return error;
    }
}
