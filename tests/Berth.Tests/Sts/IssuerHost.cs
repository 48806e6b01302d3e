using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Berth.Tests.Sts;

/// <summary>An OpenID Connect provider in this process, with one RSA and one elliptic key.</summary>
internal sealed class IssuerHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private IssuerHost(WebApplication app) => this.app = app;

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Url { get; private set; } = "";

    /// <summary>The provider's name: its URL without the scheme.</summary>
    public string Name => Url["http://".Length..];

    /// <summary>How often keys were asked for.</summary>
    public int Fetches { get; private set; }

    /// <summary>What is answered in place of the configuration.</summary>
    public Func<HttpContext, Task>? Configuration { get; set; }

    /// <summary>What is answered in place of the keys.</summary>
    public Func<HttpContext, Task>? Keys { get; set; }

    public static async Task<IssuerHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new IssuerHost(builder.Build());
        issuer.app.Run(issuer.HandleAsync);
        await issuer.app.StartAsync();
        issuer.Url = issuer.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return issuer;
    }

    /// <summary>The claims of a good token, for a time at which the tests' clock stands.</summary>
    public JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Url,
        ["sub"] = "system:serviceaccount:apps:puller",
        ["aud"] = "sts.amazonaws.com",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <summary>A token signed as RS256 or ES256.</summary>
    public string Sign(JsonObject claims, string algorithm = "RS256", string? keyId = null)
    {
        var isRsa = algorithm.StartsWith('R');
        var text = Unsigned(new() { ["alg"] = algorithm, ["kid"] = keyId ?? (isRsa ? "rsa" : "curve"), ["typ"] = "JWT" }, claims);
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        return isRsa ? SignRsa(text) : $"{text}.{Base64Url.EncodeToString(Curve.SignData(bytes, HashAlgorithmName.SHA256))}";
    }

    /// <summary>A signed token with one claim more, in whatever JSON.</summary>
    public string SignWith(JsonObject claims, string name, string json)
    {
        var text = $"{claims.ToJsonString()[..^1]},\"{name}\":{json}}}";
        return SignRsa($"{Base64Url.EncodeToString("""{"alg":"RS256","kid":"rsa"}"""u8)}.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(text))}");
    }

    /// <summary>The part of a token that is signed.</summary>
    public static string Unsigned(JsonObject header, JsonObject claims) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";

    /// <summary>The key set, its first keys being so many that nobody signs with.</summary>
    public string KeySet(int others = 0)
    {
        var (rsa, curve) = (Rsa.ExportParameters(includePrivateParameters: false), Curve.ExportParameters(includePrivateParameters: false));
        var (n, e) = (Base64Url.EncodeToString(rsa.Modulus), Base64Url.EncodeToString(rsa.Exponent));
        return JsonSerializer.Serialize(new
        {
            keys = Enumerable.Range(0, others).Select(number => (object)new { kty = "RSA", kid = $"other-{number}", use = "sig", n, e })
                .Append(new { kty = "RSA", kid = "rsa", use = "sig", alg = "RS256", n, e })
                .Append(new { kty = "EC", kid = "curve", use = "sig", crv = "P-256", x = Base64Url.EncodeToString(curve.Q.X), y = Base64Url.EncodeToString(curve.Q.Y) }),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Rsa.Dispose();
        Curve.Dispose();
    }

    private string SignRsa(string text)
    {
        var signature = Rsa.SignData(System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private Task HandleAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                return Configuration?.Invoke(http) ?? http.Response.WriteAsync(JsonSerializer.Serialize(new { issuer = Url, jwks_uri = $"{Url}/keys" }));
            case "/keys":
                Fetches++;
                return Keys?.Invoke(http) ?? http.Response.WriteAsync(KeySet());
            default:
                http.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }
}
