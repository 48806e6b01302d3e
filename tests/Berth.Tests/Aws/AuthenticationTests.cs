using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Berth.Tests.Aws;

/// <summary>Codes, statuses and texts are those recorded from AWS. The clock stands at 2026-01-15, 12:00 UTC.</summary>
public sealed class AuthenticationTests : IAsyncLifetime
{
    private const string Mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    private AwsHost host = null!;

    public async ValueTask InitializeAsync() => host = await AwsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_wrong_secret_is_a_wrong_signature() =>
        await AssertRefusedAsync(
            request => Sign(request, secret: "wrong"),
            "InvalidSignatureException", "SignatureDoesNotMatch", 403, Mismatch);

    [Fact]
    public async Task An_unknown_key_is_told_from_a_wrong_signature() =>
        await AssertRefusedAsync(
            request => Sign(request, keyId: "AKIAIOSFODNN7EXAMPLE"),
            "UnrecognizedClientException", "InvalidClientTokenId", 403, "The security token included in the request is invalid.");

    [Fact]
    public async Task A_session_token_that_nobody_gave_out_is_refused() =>
        await AssertRefusedAsync(
            request =>
            {
                request.Headers.Add("X-Amz-Security-Token", "token");
                Sign(request);
            },
            "UnrecognizedClientException", "InvalidClientTokenId", 403, "The security token included in the request is invalid.");

    [Fact]
    public async Task A_signature_of_more_than_fifteen_minutes_ago_is_refused() =>
        await AssertRefusedAsync(
            request => Sign(request, TimeSpan.FromSeconds(-901)),
            "InvalidSignatureException", "SignatureDoesNotMatch", 403,
            "Signature expired: 20260115T114459Z is now earlier than 20260115T114500Z (20260115T120000Z - 15 min.)");

    [Fact]
    public async Task A_signature_of_more_than_fifteen_minutes_to_come_is_refused() =>
        await AssertRefusedAsync(
            request => Sign(request, TimeSpan.FromSeconds(901)),
            "InvalidSignatureException", "SignatureDoesNotMatch", 403,
            "Signature not yet current: 20260115T121501Z is still later than 20260115T121500Z (20260115T120000Z + 15 min.)");

    [Theory]
    [InlineData(-900)]
    [InlineData(900)]
    public async Task A_clock_may_be_fifteen_minutes_off(int seconds)
    {
        var request = host.SampleRequest("Echo", """{"name":"abc","first":1}""");
        Sign(request, TimeSpan.FromSeconds(seconds));

        Assert.Equal(200, (await host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_request_without_credentials_is_refused_in_each_protocols_words()
    {
        AssertJson(await host.SendAsync(host.SampleRequest("Echo", "{}")), "MissingAuthenticationTokenException", "Missing Authentication Token");
        AssertXml(await host.SendAsync(host.QueryRequest(Identity)), "MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }

    [Fact]
    public async Task What_a_header_lacks_is_named_and_the_header_is_not_repeated()
    {
        const string Header = "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request";
        await AssertRefusedAsync(
            request => request.Headers.TryAddWithoutValidation("Authorization", Header),
            "IncompleteSignatureException", "IncompleteSignature", 400,
            "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
            + "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            + $"(Hashed with SHA-256 and encoded with Base64) Authorization={Hash(Header)}");
    }

    [Fact]
    public async Task A_header_of_another_kind_is_refused() =>
        await AssertRefusedAsync(
            request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer me"),
            "IncompleteSignatureException", "IncompleteSignature", 400,
            $"Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '{Hash("Bearer me")}'.");

    [Fact]
    public async Task An_empty_header_is_refused() =>
        await AssertRefusedAsync(
            request => request.Headers.TryAddWithoutValidation("Authorization", " "),
            "IncompleteSignatureException", "IncompleteSignature", 400, "Authorization header cannot be empty.");

    [Fact]
    public async Task A_header_and_a_query_that_both_sign_are_refused() =>
        await AssertRefusedAsync(
            request =>
            {
                request.RequestUri = new(host.Client.BaseAddress!, "/?X-Amz-Algorithm=AWS4-HMAC-SHA256");
                Sign(request);
            },
            "IncompleteSignatureException", "IncompleteSignature", 400,
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified");

    [Theory]
    [InlineData("/20260115/us-east-1", "/20260114/us-east-1", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260114' != '20260115', from '20260115T120000Z'.")]
    [InlineData("/us-east-1/", "/Nowhere/", "Credential should be scoped to a valid Region, not 'Nowhere'.")]
    [InlineData("/aws4_request", "/aws5_request", "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.")]
    [InlineData("host;", "", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    [InlineData(";x-amz-date", "", "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.")]
    public async Task A_scope_or_a_list_that_is_wrong_is_named(string was, string became, string message) =>
        await AssertRefusedAsync(
            request =>
            {
                Sign(request);
                var header = request.Headers.NonValidated["Authorization"].ToString().Replace(was, became, StringComparison.Ordinal);
                request.Headers.Remove("Authorization");
                request.Headers.TryAddWithoutValidation("Authorization", header);
            },
            "InvalidSignatureException", "SignatureDoesNotMatch", 403, message);

    [Fact]
    public async Task A_signature_for_another_service_is_refused()
    {
        AssertJson(
            await host.SendAsync(host.SampleRequest("Echo", "{}"), "ecr-public"),
            "InvalidSignatureException", "Credential should be scoped to correct service: 'ecr'.");
        AssertXml(
            await host.SendAsync(host.QueryRequest(Identity), "ecr"),
            "SignatureDoesNotMatch", 403, "Credential should be scoped to correct service: 'sts'.");
    }

    [Fact]
    public async Task A_body_that_was_exchanged_is_a_wrong_signature()
    {
        var request = host.SampleRequest("Echo", """{"name":"abc","first":1}""");
        Sign(request);
        var type = request.Content!.Headers.ContentType;
        request.Content = new StringContent("""{"name":"xyz","first":1}""");
        request.Content.Headers.ContentType = type;

        AssertJson(await host.SendAsync(request), "InvalidSignatureException", Mismatch);
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task A_declared_hash_that_is_not_the_bodys_is_refused(string declared) =>
        await AssertRefusedAsync(
            request =>
            {
                request.Headers.Add("X-Amz-Content-SHA256", declared);
                Sign(request);
            },
            "InvalidSignatureException", "SignatureDoesNotMatch", 403,
            "The provided 'x-amz-content-sha256' header does not match what was computed.");

    [Fact]
    public async Task A_target_that_was_exchanged_is_a_wrong_signature()
    {
        var request = host.SampleRequest("Echo", "{}");
        Sign(request);
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", $"{SampleService.Prefix}.Stumble");

        AssertJson(await host.SendAsync(request), "InvalidSignatureException", Mismatch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?x-amz-expires=1&b=2&a=%20x+y&&flag")]
    [InlineData("?%C3%A9=%e2%82%ac")]
    public async Task A_query_is_signed_as_it_was_sent(string query)
    {
        var request = host.SampleRequest("Echo", """{"name":"abc","first":1}""");
        request.RequestUri = new(host.Client.BaseAddress!, "/" + query);
        Sign(request);

        Assert.Equal(200, (await host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_refused_caller_is_told_the_servers_time()
    {
        var request = host.SampleRequest("Echo", "{}");
        Sign(request, TimeSpan.FromDays(-1));

        Assert.Equal(host.Time.GetUtcNow(), (await host.SendAsync(request)).Date);
    }

    private const string Identity = "Action=GetCallerIdentity&Version=2011-06-15";

    private async Task AssertRefusedAsync(
        Action<HttpRequestMessage> sign, string jsonCode, string queryCode, int queryStatus, string message)
    {
        var json = host.SampleRequest("Echo", """{"name":"abc","first":1}""");
        json.Options.Set(ServiceName, "ecr");
        sign(json);
        AssertJson(await host.SendAsync(json), jsonCode, message);

        var query = host.QueryRequest(Identity);
        query.Options.Set(ServiceName, "sts");
        sign(query);
        AssertXml(await host.SendAsync(query), queryCode, queryStatus, message);
    }

    private static readonly HttpRequestOptionsKey<string> ServiceName = new("service");

    private void Sign(HttpRequestMessage request, TimeSpan off = default, string? keyId = null, string? secret = null)
    {
        var service = request.Options.TryGetValue(ServiceName, out var named) ? named : "ecr";
        new RequestSigner(keyId ?? host.Key.Id, secret ?? host.Key.Secret, service).Sign(request, host.Time.GetUtcNow() + off);
    }

    private static void AssertJson(AwsReply reply, string code, string message)
    {
        using var body = JsonDocument.Parse(reply.Body);
        Assert.Equal(
            (400, code, message),
            (reply.Status, body.RootElement.GetProperty("__type").GetString(), body.RootElement.GetProperty("message").GetString()));
    }

    private static void AssertXml(AwsReply reply, string code, int status, string message)
    {
        XNamespace ns = "https://sts.amazonaws.com/doc/2011-06-15/";
        var error = XDocument.Parse(reply.Body).Root!.Element(ns + "Error")!;
        Assert.Equal(
            (status, "Sender", code, message),
            (reply.Status, error.Element(ns + "Type")?.Value, error.Element(ns + "Code")?.Value, error.Element(ns + "Message")?.Value));
    }

    private static string Hash(string header) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)));
}
