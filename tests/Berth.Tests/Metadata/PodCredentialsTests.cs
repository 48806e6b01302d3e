using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berth.Tests.Metadata;

/// <summary>What pods ask that are told of <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>, and have a token of their cluster.</summary>
public sealed class PodCredentialsTests : IAsyncLifetime
{
    private const string Unauthorized = "Unauthorized Exception! EKS does not have permissions to assume the associated role.";
    private const string BadSignature = "the signature of the ID Token is not that of the key it names";

    private PodHost pods = null!;

    public async ValueTask InitializeAsync() => pods = await PodHost.StartAsync();

    public ValueTask DisposeAsync() => pods.DisposeAsync();

    [Fact]
    public async Task A_pods_token_brings_credentials_of_its_role()
    {
        var given = await pods.GiveAsync();

        Assert.Equal(
            "AccessKeyId SecretAccessKey Token AccountId Expiration", string.Join(' ', given.EnumerateObject().Select(member => member.Name)));
        Assert.StartsWith("ASIA", given.GetProperty("AccessKeyId").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ("123456789012", "2026-01-15T18:00:00Z"), (given.GetProperty("AccountId").GetString(), given.GetProperty("Expiration").GetString()));
        Assert.Matches(
            "<Arn>arn:aws:sts::123456789012:assumed-role/puller/eks-main-web-7d9f-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}</Arn>",
            (await pods.Host.CallerAsync(given)).Body);
    }

    [Fact]
    public async Task A_session_has_a_name_of_its_own_however_long_the_pods_is()
    {
        var claims = pods.Claims(pod: new string('p', 253));

        var names = new[] { await NameAsync(claims), await NameAsync(claims) };

        Assert.All(names, name => Assert.Matches("^eks-main-p{18}-[0-9a-f-]{36}$", name));
        Assert.NotEqual(names[0], names[1], StringComparer.Ordinal);
        Assert.Equal(64, names[0].Length);
    }

    [Fact]
    public async Task A_session_and_what_is_made_of_it_tell_whose_they_are()
    {
        await pods.AllowAsync(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:*","Resource":"*"},
              {"Effect":"Allow","Action":"berth:ListMachines","Resource":"*","Condition":{"StringEquals":{
                "aws:PrincipalTag/eks-cluster-arn":"arn:aws:eks:us-east-1:123456789012:cluster/main",
                "aws:PrincipalTag/eks-cluster-name":"main",
                "aws:PrincipalTag/kubernetes-namespace":"apps",
                "aws:PrincipalTag/kubernetes-service-account":"puller",
                "aws:PrincipalTag/kubernetes-pod-name":"web-7d9f",
                "aws:PrincipalTag/kubernetes-pod-uid":"5a1c0d3e-9a57-4a80-b2f4-06a3a6f4c1d2"}}}]}
            """);
        var (given, other) = (await pods.GiveAsync(), await pods.GiveAsync(pods.Claims(uid: "6")));

        Assert.Equal(200, await StatusAsync(given));
        Assert.Equal(400, await StatusAsync(other));
        Assert.Equal(200, await StatusAsync(await ChainAsync(given)));
    }

    [Theory]
    [InlineData("", "Service account token cannot be empty")]
    [InlineData("guess", "Service account token cannot be parsed: it is no JSON Web Token")]
    [InlineData("Bearer x.y.z", "Service account token cannot be parsed: it is no JSON Web Token")]
    [InlineData("e30.W10.e30", "Service account token cannot be parsed: it is no JSON Web Token")]
    public async Task What_is_no_token_is_answered_as_by_the_agent(string token, string message) =>
        await pods.AssertRefusedAsync(token, 400, "InvalidTokenException", message);

    [Fact]
    public async Task A_token_that_is_too_long_is_not_read()
    {
        var claims = pods.Claims();
        claims["more"] = new string('x', 15_000);

        await pods.AssertRefusedAsync(
            pods.Issuer.Sign(claims), 400, "InvalidTokenException", "Service account token cannot be parsed: it is no JSON Web Token");
        Assert.Equal(0, pods.Issuer.Fetches);
    }

    [Theory]
    [InlineData("""{"alg":7,"kid":{}}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":7}""", """{"iss":7,"sub":[],"aud":{},"exp":1e999,"iat":"x"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"}""", """{"iss":"\ud800","aud":"pods.eks.amazonaws.com"}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""", """{"\ud800":"x"}""")]
    [InlineData("""{"alg":"RS256","kid":"rsa"}""", """{"aud":["\udc00"]}""")]
    [InlineData("[]", "{}")]
    [InlineData("null", "null")]
    public async Task Whatever_is_in_a_token_the_pod_is_told_that_it_is_invalid(string header, string claims)
    {
        var token = string.Join('.', new[] { header, claims, "x" }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));

        var (status, body) = await pods.AskAsync(token);

        Assert.Equal(400, status);
        Assert.Contains("InvalidTokenException", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("puller")]
    [InlineData("nobody")]
    public async Task A_token_that_nobody_signed_does_not_tell_which_associations_there_are(string serviceAccount)
    {
        var (signed, other) = (pods.Issuer.Sign(pods.Claims(serviceAccount)), pods.Issuer.Sign(pods.Claims()));

        await pods.AssertRefusedAsync(
            $"{signed[..signed.LastIndexOf('.')]}{other[other.LastIndexOf('.')..^4]}AAAA", 400, "InvalidTokenException", BadSignature);
    }

    [Fact]
    public async Task A_token_of_another_issuer_is_none()
    {
        var claims = pods.Claims();
        claims["iss"] = "https://other.example";

        await pods.AssertRefusedAsync(
            pods.Issuer.Sign(claims), 400, "InvalidTokenException", "No OpenIDConnect provider found in your account for https://other.example");
    }

    [Theory]
    [InlineData("""["sts.amazonaws.com"]""")]
    [InlineData("""["pods.eks.amazonaws.com","sts.amazonaws.com"]""")]
    [InlineData("""["pods.eks.amazonaws.com","other"]""")]
    [InlineData("""["other"]""")]
    public async Task A_token_that_is_for_others_is_none(string audiences)
    {
        var claims = pods.Claims();
        claims["aud"] = JsonNode.Parse(audiences);

        await pods.AssertRefusedAsync(pods.Issuer.Sign(claims), 400, "InvalidTokenException", "Incorrect token audience");
    }

    [Fact]
    public async Task An_expired_token_is_told_so()
    {
        var token = pods.Issuer.Sign(pods.Claims());
        pods.Host.Time.Advance(TimeSpan.FromMinutes(61));

        await pods.AssertRefusedAsync(
            token, 400, "ExpiredTokenException", "Token expired: current date/time 1768482060 must be before the expiration date/time 1768482000");
    }

    [Theory]
    [InlineData("null", "the claim 'kubernetes.io' has no 'namespace' that can be used")]
    [InlineData("7", "the claim 'kubernetes.io' has no 'namespace' that can be used")]
    [InlineData("""{"namespace":"apps","pod":{"name":"web","uid":"1"},"serviceaccount":"puller"}""", "the claim 'kubernetes.io' has no 'serviceaccount.name' that can be used")]
    [InlineData("""{"namespace":"apps","serviceaccount":{"name":"puller"}}""", "the claim 'kubernetes.io' has no 'pod.name' that can be used")]
    [InlineData("""{"namespace":"apps","serviceaccount":{"name":"puller"},"pod":{"name":"web"}}""", "the claim 'kubernetes.io' has no 'pod.uid' that can be used")]
    [InlineData("""{"namespace":"apps","serviceaccount":{"name":"puller"},"pod":{"name":"a/b","uid":"1"}}""", "the claim 'kubernetes.io' has no 'pod.name' that can be used")]
    [InlineData("""{"namespace":"apps","serviceaccount":{"name":"puller"},"pod":{"name":"","uid":"1"}}""", "the claim 'kubernetes.io' has no 'pod.name' that can be used")]
    [InlineData("""{"namespace":"apps","serviceaccount":{"name":"other"},"pod":{"name":"web","uid":"1"}}""", "the claims 'sub' and 'kubernetes.io' are of different service accounts")]
    [InlineData("""{"namespace":"kube-system","serviceaccount":{"name":"puller"},"pod":{"name":"web","uid":"1"}}""", "the claims 'sub' and 'kubernetes.io' are of different service accounts")]
    public async Task A_token_that_is_of_no_pod_is_none(string claim, string message)
    {
        var claims = pods.Claims();
        claims["kubernetes.io"] = JsonNode.Parse(claim);

        await pods.AssertRefusedAsync(pods.Issuer.Sign(claims), 400, "InvalidTokenException", message);
    }

    [Fact]
    public async Task A_name_with_half_a_character_makes_no_token()
    {
        var claims = pods.Claims();
        claims.Remove("kubernetes.io");

        await pods.AssertRefusedAsync(
            pods.Issuer.SignWith(claims, "kubernetes.io", "{\"namespace\":\"\\ud800\"}"),
            400,
            "InvalidTokenException",
            "Service account token cannot be parsed: it is no JSON Web Token");
    }

    [Fact]
    public async Task A_token_of_something_else_than_Kubernetes_is_none()
    {
        var claims = pods.Claims();
        claims.Remove("kubernetes.io");

        await pods.AssertRefusedAsync(pods.Issuer.Sign(claims), 400, "InvalidTokenException", "Missing a required claim: kubernetes.io");
    }

    [Fact]
    public async Task A_name_that_is_far_too_long_is_none()
    {
        var claims = pods.Claims(pod: new string('p', 254));

        await pods.AssertRefusedAsync(
            pods.Issuer.Sign(claims), 400, "InvalidTokenException", "the claim 'kubernetes.io' has no 'pod.name' that can be used");
    }

    [Fact]
    public async Task A_service_account_without_an_association_is_told_so() => await pods.AssertRefusedAsync(
        pods.Issuer.Sign(pods.Claims("other")),
        404,
        "ResourceNotFoundException",
        "The pod identity association with name apps/other cannot be found.");

    [Theory]
    [InlineData("210987654321.dkr.ecr.us-east-1.localhost", 400)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.localhost", 404)]
    [InlineData("123456789012.dkr.ecr.us-east-1.localhost", 200)]
    public async Task The_host_name_says_which_account_and_Region_is_meant(string host, int status) =>
        Assert.Equal(status, (await pods.AskAsync(pods.Issuer.Sign(pods.Claims()), ("Host", host))).Status);

    [Theory]
    [InlineData("""["sts:AssumeRole"]""")]
    [InlineData("""["sts:TagSession"]""")]
    public async Task A_role_must_trust_EKS_to_assume_and_to_tag(string actions)
    {
        await pods.TrustAsync("{}", actions);

        await pods.AssertRefusedAsync(pods.Issuer.Sign(pods.Claims()), 400, "AccessDeniedException", Unauthorized);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:RequestTag/kubernetes-namespace":"apps","aws:SourceAccount":"123456789012"}}""", true)]
    [InlineData("""{"ArnEquals":{"aws:SourceArn":"arn:aws:eks:us-east-1:123456789012:cluster/main"}}""", true)]
    [InlineData("""{"ForAllValues:StringLike":{"aws:TagKeys":["eks-*","kubernetes-*"],"sts:TransitiveTagKeys":"*-*"},"Null":{"aws:TagKeys":"false","sts:TransitiveTagKeys":"false"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:RequestTag/kubernetes-namespace":"other"}}""", false)]
    [InlineData("""{"ArnEquals":{"aws:SourceArn":"arn:aws:eks:us-east-1:123456789012:cluster/other"}}""", false)]
    [InlineData("""{"ForAllValues:StringLike":{"aws:TagKeys":"eks-*"}}""", false)]
    public async Task A_role_may_trust_some_pods_only(string condition, bool trusts)
    {
        await pods.TrustAsync(condition);

        Assert.Equal(trusts ? 200 : 400, (await pods.AskAsync(pods.Issuer.Sign(pods.Claims()))).Status);
    }

    [Fact]
    public async Task A_role_that_is_gone_is_refused_as_one_that_does_not_trust()
    {
        await pods.Host.WriteAsync("DELETE FROM iam_entity WHERE kind = 'role'");

        await pods.AssertRefusedAsync(pods.Issuer.Sign(pods.Claims()), 400, "AccessDeniedException", Unauthorized);
    }

    [Fact]
    public async Task Deleting_an_association_ends_its_sessions_at_once_and_for_good()
    {
        await pods.AllowAsync("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        await pods.AssociateAsync("other");
        var (given, other) = (await pods.GiveAsync(), await pods.GiveAsync(pods.Claims("other")));
        var chained = await ChainAsync(given);
        Assert.Equal(200, (await pods.Host.CallerAsync(given)).Status);
        Assert.Equal(200, (await pods.Host.CallerAsync(chained)).Status);

        await pods.DoAsync("DeletePodIdentityAssociation", new { clusterName = "main", associationId = pods.Association });

        Assert.Equal(403, (await pods.Host.CallerAsync(given)).Status);
        Assert.Equal(403, (await pods.Host.CallerAsync(chained)).Status);
        Assert.Equal(200, (await pods.Host.CallerAsync(other)).Status);
        Assert.Equal(404, (await pods.AskAsync(pods.Issuer.Sign(pods.Claims()))).Status);

        // Made again it is another association.
        await pods.AssociateAsync("puller");
        Assert.Equal(403, (await pods.Host.CallerAsync(given)).Status);
        Assert.Equal(200, (await pods.Host.CallerAsync(await pods.GiveAsync())).Status);
    }

    [Fact]
    public async Task A_cluster_that_is_out_of_reach_is_told_so_and_tried_again()
    {
        pods.Issuer.Keys = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        await pods.AssertRefusedAsync(
            pods.Issuer.Sign(pods.Claims()),
            503,
            "ServiceUnavailableException",
            $"the identity provider '{pods.Issuer.Url}' could not be reached, or did not answer with its keys");
    }

    [Fact]
    public async Task Credentials_are_read_with_GET() =>
        Assert.Equal(405, (await pods.Host.SendAsync("POST", PodHost.Path, ("Authorization", pods.Issuer.Sign(pods.Claims())))).Status);

    [Fact]
    public async Task No_token_stands_in_the_log()
    {
        var token = pods.Issuer.Sign(pods.Claims());
        await pods.AskAsync(token);
        await pods.AskAsync(token[..^4] + "AAAA");
        await pods.AskAsync("x" + token);

        Assert.DoesNotContain(token.Split('.')[1], pods.Host.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> NameAsync(JsonObject claims)
    {
        var (_, body) = await pods.Host.CallerAsync(await pods.GiveAsync(claims));
        return body.Split("assumed-role/puller/")[1].Split('<')[0];
    }

    private async Task<int> StatusAsync(JsonElement credentials) => (await pods.Host.CallAsync("ListMachines", new { }, credentials)).Status;

    // Tags that pass on are tags of the next session: its role must let them be set.
    private async Task<JsonElement> ChainAsync(JsonElement credentials)
    {
        await pods.Host.WriteAsync(
            """
            UPDATE iam_role SET trust = '{"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"AWS":"123456789012"}},
              {"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"Service":"pods.eks.amazonaws.com"}}]}'
            """);
        var (status, body) = await pods.Host.AskStsAsync(
            credentials, "Action=AssumeRole&RoleSessionName=next&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Ffleet%2Fpuller");
        Assert.True(status == 200, body);
        return MachineHost.CredentialsIn(body);
    }
}
