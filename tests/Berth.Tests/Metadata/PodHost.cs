using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Server.Hosting;
using Berth.Tests.Sts;

namespace Berth.Tests.Metadata;

/// <summary>The real server, a cluster that issues tokens, and an association of its service account <c>apps/puller</c>.</summary>
internal sealed class PodHost : IAsyncDisposable
{
    public const string Path = "/v1/credentials";
    public const string RoleArn = "arn:aws:iam::123456789012:role/fleet/puller";

    private PodHost(MachineHost host, IssuerHost issuer) => (Host, Issuer) = (host, issuer);

    public MachineHost Host { get; }

    public IssuerHost Issuer { get; }

    /// <summary>The id of the association.</summary>
    public string Association { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PodHost> StartAsync()
    {
        var host = new PodHost(await MachineHost.StartAsync(), await IssuerHost.StartAsync());
        await host.Host.Berth.Server.Domain.OidcProviders.CreateAsync(
            new(new BerthOptions().AccountId, "aws"),
            new(OidcUrl.Parse(host.Issuer.Url)) { ClientIds = ["sts.amazonaws.com", "pods.eks.amazonaws.com"] },
            Cancel);
        await host.TrustAsync("{}");
        host.Association = (await host.AssociateAsync("puller")).GetProperty("associationId").GetString()!;
        return host;
    }

    /// <summary>Has the role trust EKS under a condition.</summary>
    public Task TrustAsync(string condition, string actions = """["sts:AssumeRole","sts:TagSession"]""") => Host.WriteAsync(
        $$"""
        UPDATE iam_role SET trust = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":{{actions}},"Principal":{"Service":"pods.eks.amazonaws.com"},"Condition":{{condition}} } }'
        """);

    /// <summary>Gives the role one policy.</summary>
    public Task AllowAsync(string policy) => Host.WriteAsync($"UPDATE iam_inline_policy SET document = '{policy}'");

    /// <summary>Associates a service account in <c>apps</c> with the role.</summary>
    public async Task<JsonElement> AssociateAsync(string serviceAccount, string cluster = "main") =>
        (await DoAsync("CreatePodIdentityAssociation", RequestFor(serviceAccount, cluster))).GetProperty("association");

    /// <summary>The request for an association.</summary>
    public object RequestFor(string serviceAccount, string cluster = "main") =>
        new { clusterName = cluster, issuer = Issuer.Url, @namespace = "apps", serviceAccount, roleArn = RoleArn };

    /// <summary>Calls an operation of Berth's own service that must succeed.</summary>
    public async Task<JsonElement> DoAsync(string operation, object request)
    {
        var (status, body) = await Host.CallAsync(operation, request);
        Assert.True(status == 200, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>The claims of a token as Kubernetes projects it into a pod.</summary>
    public JsonObject Claims(string serviceAccount = "puller", string pod = "web-7d9f", string uid = "5a1c0d3e-9a57-4a80-b2f4-06a3a6f4c1d2")
    {
        var claims = Issuer.Claims(Host.Time.GetUtcNow());
        claims["aud"] = new JsonArray("pods.eks.amazonaws.com");
        claims["sub"] = $"system:serviceaccount:apps:{serviceAccount}";
        claims["kubernetes.io"] = new JsonObject
        {
            ["namespace"] = "apps",
            ["node"] = new JsonObject { ["name"] = "node-1", ["uid"] = "1" },
            ["pod"] = new JsonObject { ["name"] = pod, ["uid"] = uid },
            ["serviceaccount"] = new JsonObject { ["name"] = serviceAccount, ["uid"] = "2" },
        };
        return claims;
    }

    /// <summary>Asks as a pod does.</summary>
    public Task<(int Status, string Body)> AskAsync(string token, params (string Name, string Value)[] more) =>
        Host.SendAsync("GET", Path, [("Authorization", token), .. more]);

    /// <summary>Asks, and is given credentials.</summary>
    public async Task<JsonElement> GiveAsync(JsonObject? claims = null)
    {
        var (status, body) = await AskAsync(Issuer.Sign(claims ?? Claims()));
        Assert.True(status == 200, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Asks, and is refused.</summary>
    public async Task AssertRefusedAsync(string token, int status, string code, string message, params (string Name, string Value)[] more)
    {
        var reply = await AskAsync(token, more);
        var error = JsonSerializer.Deserialize<JsonElement>(reply.Body);
        Assert.Equal((status, code, message), (reply.Status, error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
