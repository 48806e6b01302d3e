using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Server.Sts;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.Sts;

public sealed class WebIdentityTests : IAsyncLifetime
{
    private const string NotToken = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
    private const string NoKey = "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
    private const string BadSignature = "the signature of the ID Token is not that of the key it names";
    private const string Denied = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

    private StsHost host = null!;
    private IssuerHost issuer = null!;

    private string ProviderArn => $"arn:aws:iam::123456789012:oidc-provider/{issuer.Name}";

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        issuer = await IssuerHost.StartAsync();
        var reply = await host.CallAsync(
            Signer.Root, $"Action=CreateOpenIDConnectProvider&Url={issuer.Url}&ClientIDList.member.1=sts.amazonaws.com", "iam");
        Assert.Equal((200, ProviderArn), (reply.Status, reply.Text("OpenIDConnectProviderArn")));
        await host.CreateRoleAsync("puller", Trust($$$"""{"StringEquals":{"{{{issuer.Name}}}:sub":"system:serviceaccount:apps:puller","{{{issuer.Name}}}:aud":"sts.amazonaws.com"}}"""));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_providers_token_is_exchanged_for_a_session(string algorithm)
    {
        var reply = await ExchangeAsync(issuer.Sign(Claims(), algorithm));

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            ("system:serviceaccount:apps:puller", "sts.amazonaws.com", ProviderArn, "arn:aws:sts::123456789012:assumed-role/puller/web"),
            (reply.Text("SubjectFromWebIdentityToken"), reply.Text("Audience"), reply.Text("Provider"), reply.Text("Arn")));
        Assert.Equal(
            "arn:aws:sts::123456789012:assumed-role/puller/web",
            (await host.CallAsync(reply.Signer, "Action=GetCallerIdentity")).Text("Arn"));
    }

    [Fact]
    public void No_other_operation_is_answered_unsigned() =>
        Assert.Equal(
            nameof(AssumeRoleWithWebIdentity),
            Assert.Single(host.Berth.Server.Services.SelectMany(service => service.Operations), operation => !operation.NeedsSignature).Name);

    [Theory]
    [InlineData("Action=GetCallerIdentity")]
    [InlineData("Action=AssumeRoleWithWebIdentity&Action=GetCallerIdentity")]
    [InlineData("Action=GetCallerIdentity&WebIdentityToken=x")]
    public async Task An_unsigned_request_gets_nothing_else(string form) =>
        Assert.NotEqual(200, (await host.CallAsync(null, form)).Status);

    [Fact]
    public async Task A_token_of_somebody_else_is_not_enough()
    {
        var claims = Claims();
        claims["sub"] = "system:serviceaccount:apps:other";

        await AssertRefusedAsync(issuer.Sign(claims), 403, "AccessDenied", Denied);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_refused_as_one_that_does_not_trust() =>
        await AssertRefusedAsync(issuer.Sign(Claims()), 403, "AccessDenied", Denied, "absent");

    [Fact]
    public async Task A_trust_in_the_account_is_none_in_its_providers()
    {
        await host.CreateRoleAsync("plain");

        await AssertRefusedAsync(issuer.Sign(Claims()), 403, "AccessDenied", Denied, "plain");
    }

    [Fact]
    public async Task A_token_of_an_unknown_issuer_is_refused()
    {
        var claims = Claims();
        claims["iss"] = "https://token.actions.githubusercontent.com";

        await AssertRefusedAsync(
            issuer.Sign(claims), 400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com");
    }

    [Theory]
    [InlineData("other")]
    [InlineData("STS.amazonaws.com")]
    public async Task A_token_for_another_audience_is_refused(string audience)
    {
        var claims = Claims();
        claims["aud"] = audience;

        await AssertRefusedAsync(issuer.Sign(claims), 400, "InvalidIdentityToken", "Incorrect token audience");
    }

    [Fact]
    public async Task The_authorized_party_comes_before_the_audience()
    {
        var claims = Claims();
        claims["azp"] = "other";

        await AssertRefusedAsync(issuer.Sign(claims), 400, "InvalidIdentityToken", "Incorrect token audience");
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray("other", "sts.amazonaws.com");

        Assert.Equal("sts.amazonaws.com", (await ExchangeAsync(issuer.Sign(claims))).Text("Audience"));
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var claims = Claims();
        claims["exp"] = host.Time.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();

        await AssertRefusedAsync(
            issuer.Sign(claims),
            400,
            "ExpiredTokenException",
            "Token expired: current date/time 1768478400 must be before the expiration date/time 1768478280");
    }

    [Theory]
    [InlineData("nbf")]
    [InlineData("iat")]
    public async Task A_token_of_time_to_come_is_refused(string claim)
    {
        var claims = Claims();
        claims[claim] = host.Time.GetUtcNow().AddMinutes(2).ToUnixTimeSeconds();

        await AssertRefusedAsync(issuer.Sign(claims), 400, "InvalidIdentityToken", "the ID Token is not valid yet");
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("sub")]
    [InlineData("iss")]
    public async Task A_claim_that_is_needed_is_named(string claim)
    {
        var claims = Claims();
        claims.Remove(claim);

        await AssertRefusedAsync(issuer.Sign(claims), 400, "InvalidIdentityToken", $"Missing a required claim: {claim}");
    }

    [Fact]
    public async Task A_token_without_signature_is_none()
    {
        var text = IssuerHost.Unsigned(new() { ["alg"] = "none", ["kid"] = "rsa" }, Claims());

        await AssertRefusedAsync(text + ".", 400, "InvalidIdentityToken", NotToken);
    }

    [Fact]
    public async Task A_public_key_is_no_secret_to_sign_with()
    {
        var text = IssuerHost.Unsigned(new() { ["alg"] = "HS256", ["kid"] = "rsa" }, Claims());
        var signature = HMACSHA256.HashData(Encoding.ASCII.GetBytes(issuer.Rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(text));

        await AssertRefusedAsync($"{text}.{Base64Url.EncodeToString(signature)}", 400, "InvalidIdentityToken", NotToken);
    }

    [Fact]
    public async Task A_key_signs_only_by_algorithms_of_its_kind() =>
        await AssertRefusedAsync(issuer.Sign(Claims(), "ES256", "rsa"), 400, "InvalidIdentityToken", BadSignature);

    [Fact]
    public async Task A_changed_claim_is_noticed()
    {
        var parts = issuer.Sign(Claims()).Split('.');
        var claims = Claims();
        claims["sub"] = "system:serviceaccount:apps:admin";
        var changed = IssuerHost.Unsigned(new() { ["alg"] = "RS256", ["kid"] = "rsa" }, claims);

        await AssertRefusedAsync($"{parts[0]}.{changed.Split('.')[1]}.{parts[2]}", 400, "InvalidIdentityToken", BadSignature);
    }

    [Theory]
    [InlineData("not-a-token")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.")]
    [InlineData("....")]
    [InlineData("e30.W10.e30")]
    public async Task What_is_no_token_is_refused(string text) =>
        await AssertRefusedAsync(text, 400, "InvalidIdentityToken", NotToken);

    [Fact]
    public async Task A_claim_that_is_there_twice_makes_no_token()
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"iss":"{{issuer.Url}}","iss":"https://other"}"""));

        await AssertRefusedAsync($"{issuer.Sign(Claims()).Split('.')[0]}.{payload}.AAAA", 400, "InvalidIdentityToken", NotToken);
    }

    [Theory]
    [InlineData("{\"principal_tags\":{\"Team\":\"\\ud800\"}}")]
    [InlineData("{\"principal_tags\":{\"\\udc00\":\"blue\"}}")]
    public async Task A_claim_with_half_a_character_makes_no_token(string tags) =>
        await AssertRefusedAsync(issuer.SignWith(Claims(), "https://aws.amazon.com/tags", tags), 400, "InvalidIdentityToken", NotToken);

    [Fact]
    public async Task A_token_that_is_too_long_is_not_read()
    {
        var claims = Claims();
        claims["more"] = new string('x', 20_000);

        Assert.Equal((400, "ValidationError"), await ExchangeAsync(issuer.Sign(claims)) is var reply ? (reply.Status, reply.Text("Code")) : default);
        Assert.Equal(0, issuer.Fetches);
    }

    [Fact]
    public async Task A_key_the_provider_does_not_have_is_asked_for_once_a_minute()
    {
        for (var i = 0; i < 3; i++)
        {
            await AssertRefusedAsync(issuer.Sign(Claims(), keyId: $"new-{i}"), 400, "InvalidIdentityToken", NoKey);
        }

        Assert.Equal(1, issuer.Fetches);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await AssertRefusedAsync(issuer.Sign(Claims(), keyId: "new"), 400, "InvalidIdentityToken", NoKey);
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task Keys_are_kept_while_the_provider_is_out_of_reach()
    {
        Assert.Equal(200, (await ExchangeAsync(issuer.Sign(Claims()))).Status);
        issuer.Keys = http => Status(http, 500);

        host.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(200, (await ExchangeAsync(issuer.Sign(Claims()))).Status);
        host.Time.Advance(TimeSpan.FromHours(1));
        await AssertUnreachableAsync();
    }

    [Fact]
    public async Task A_provider_is_tried_again_soon_after_a_first_failure()
    {
        issuer.Keys = http => Status(http, 500);
        await AssertUnreachableAsync();
        issuer.Keys = null;
        await AssertUnreachableAsync();

        host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await ExchangeAsync(issuer.Sign(Claims()))).Status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"keys\":1}")]
    public async Task Keys_that_are_none_are_as_good_as_none(string body)
    {
        issuer.Keys = http => http.Response.WriteAsync(body);

        await AssertUnreachableAsync();
    }

    [Fact]
    public async Task A_key_set_may_have_many_keys_and_not_too_many()
    {
        issuer.Keys = http => http.Response.WriteAsync(issuer.KeySet(others: 198));
        Assert.Equal(200, (await ExchangeAsync(issuer.Sign(Claims()))).Status);

        issuer.Keys = http => http.Response.WriteAsync(issuer.KeySet(others: 199));
        host.Time.Advance(TimeSpan.FromHours(24));
        await AssertUnreachableAsync();
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        issuer.Keys = http => http.Response.WriteAsync(new string(' ', 300_000));

        await AssertUnreachableAsync();
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_configuration_of_another_issuer_is_not_believed(string other)
    {
        issuer.Configuration = http => http.Response.WriteAsync($$"""{"issuer":"{{other}}","jwks_uri":"{{issuer.Url}}/keys"}""");

        await AssertUnreachableAsync();
        Assert.Equal(0, issuer.Fetches);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127.0.0.1:1/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("keys")]
    public async Task Keys_are_not_fetched_from_wherever_a_configuration_says(string uri)
    {
        issuer.Configuration = http => http.Response.WriteAsync($$"""{"issuer":"{{issuer.Url}}","jwks_uri":"{{uri}}"}""");

        await AssertUnreachableAsync();
        Assert.Contains("the configuration is of another issuer, or names no key set that may be fetched", host.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        issuer.Configuration = http =>
        {
            http.Response.Redirect($"{issuer.Url}/keys");
            return Task.CompletedTask;
        };

        await AssertUnreachableAsync();
        Assert.Equal(0, issuer.Fetches);
    }

    [Fact]
    public async Task Other_claims_are_condition_keys_too()
    {
        await host.CreateRoleAsync("branch", Trust(
            $$$"""{"StringLike":{"{{{issuer.Name}}}:repository":"our/*"},"ForAnyValue:StringEquals":{"{{{issuer.Name}}}:amr":"authenticated"}}"""));
        var claims = Claims();
        claims["repository"] = "our/app";
        claims["amr"] = new JsonArray("authenticated", "strong");
        Assert.Equal(200, (await ExchangeAsync(issuer.Sign(claims), "branch")).Status);

        claims["repository"] = "their/app";
        await AssertRefusedAsync(issuer.Sign(claims), 403, "AccessDenied", Denied, "branch");
    }

    [Fact]
    public async Task Tags_and_a_source_identity_in_the_token_are_the_sessions()
    {
        await host.CreateRoleAsync(
            "tagged",
            Trust("""{"StringEquals":{"aws:RequestTag/Team":"blue"}}"""),
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/Team":"blue","aws:SourceIdentity":"ann"}}}}""");
        var claims = Claims();
        claims["https://aws.amazon.com/tags"] = new JsonObject { ["principal_tags"] = new JsonObject { ["Team"] = new JsonArray("blue") } };
        claims["https://aws.amazon.com/source_identity"] = "ann";

        var reply = await ExchangeAsync(issuer.Sign(claims), "tagged");

        Assert.Equal((200, "ann"), (reply.Status, reply.Text("SourceIdentity")));
        Assert.Equal(200, (await host.EcrAsync(reply.Signer, "DescribeRepositories", "{}")).Status);
    }

    [Theory]
    [InlineData("https://aws.amazon.com/tags")]
    [InlineData("https://aws.amazon.com/source_identity")]
    public async Task A_claim_that_cannot_be_honoured_is_not_passed_over(string claim)
    {
        var claims = Claims();
        claims[claim] = 7;

        await AssertRefusedAsync(issuer.Sign(claims), 403, "IDPRejectedClaim", $"the claim '{claim}' cannot be used");
    }

    [Fact]
    public async Task A_session_knows_its_provider()
    {
        await host.PutPolicyAsync(
            EntityKind.Role,
            "puller",
            $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"aws:FederatedProvider":"{{{ProviderArn}}}","{{{issuer.Name}}}:sub":"system:serviceaccount:apps:puller"} } } }""");

        var reply = await ExchangeAsync(issuer.Sign(Claims()));

        Assert.Equal(200, (await host.EcrAsync(reply.Signer, "DescribeRepositories", "{}")).Status);
    }

    private JsonObject Claims() => issuer.Claims(host.Time.GetUtcNow());

    private string Trust(string condition) =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"{{{ProviderArn}}}"},"Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"],"Condition":{{{condition}}}}]}""";

    private static string Form(string token, string role) =>
        $"Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::123456789012:role/{role}&RoleSessionName=web&WebIdentityToken={token}";

    private Task<QueryReply> ExchangeAsync(string token, string role = "puller") => host.CallAsync(null, Form(token, role));

    private Task AssertRefusedAsync(string token, int status, string code, string message, string role = "puller") =>
        host.AssertRefusedAsync(null, Form(token, role), status, code, message);

    private Task AssertUnreachableAsync() => AssertRefusedAsync(
        issuer.Sign(Claims()),
        400,
        "IDPCommunicationError",
        $"the identity provider '{issuer.Url}' could not be reached, or did not answer with its keys");

    private static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
