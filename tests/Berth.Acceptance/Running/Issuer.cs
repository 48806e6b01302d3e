using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Berth.Acceptance.Running;

/// <summary>An OpenID Connect provider on the loopback address, as one that runs pipelines has: it vouches by RS256 for who runs.</summary>
internal sealed class Issuer : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly HttpListener listener = new();

    /// <summary>Starts to answer for its configuration and its key.</summary>
    public Issuer()
    {
        listener.Prefixes.Add($"{Url}/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; } = $"http://127.0.0.1:{Server.FreePort()}";

    /// <summary>Its URL without the scheme: what ARNs and condition keys call it.</summary>
    public string Name => Url["http://".Length..];

    /// <summary>A token that is good for ten minutes.</summary>
    /// <param name="subject">Who runs, such as <c>repo:example/app:ref:refs/heads/main</c>.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="more">What else it claims.</param>
    public string Sign(string subject, string audience = "sts.amazonaws.com", params IEnumerable<KeyValuePair<string, object>> more)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>(more, StringComparer.Ordinal)
        {
            ["iss"] = Url,
            ["sub"] = subject,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
        var text = $"{Encode(new { alg = "RS256", kid = "only", typ = "JWT" })}.{Encode(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose()
    {
        listener.Close();
        key.Dispose();
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var http = await listener.GetContextAsync();
                http.Response.Close(Answer(http.Request.Url?.AbsolutePath), willBlock: false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closing the listener ends the wait for the next request so.
        }
    }

    private byte[] Answer(string? path)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return path is "/.well-known/openid-configuration"
            ? JsonSerializer.SerializeToUtf8Bytes(new { issuer = Url, jwks_uri = $"{Url}/keys" })
            : JsonSerializer.SerializeToUtf8Bytes(new
            {
                keys = (object[])
                [
                    new
                    {
                        kty = "RSA",
                        kid = "only",
                        alg = "RS256",
                        use = "sig",
                        n = Base64Url.EncodeToString(parts.Modulus),
                        e = Base64Url.EncodeToString(parts.Exponent),
                    },
                ],
            });
    }
}
