using System.Globalization;
using System.Security.Cryptography;
using Berth.Server.Gate;
using Microsoft.AspNetCore.Http;

namespace Berth.Tests.Aws;

/// <summary>Signs requests in their headers; the steps themselves are proved by computed vectors.</summary>
internal sealed class RequestSigner(string keyId, string secret, string service)
{
    public string Region { get; init; } = "us-east-1";

    public void Sign(HttpRequestMessage request, DateTimeOffset now)
    {
        var timestamp = now.UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", timestamp);
        var body = request.Content?.ReadAsByteArrayAsync().GetAwaiter().GetResult() ?? [];

        var headers = new HeaderDictionary { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = values.ToArray();
            }
        }

        var signed = headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToArray();
        var scope = new SignatureScope(timestamp[..8], Region, service);
        var canonical = SignatureV4.CanonicalRequest(
            new(request.Method.Method, request.RequestUri.AbsolutePath, request.RequestUri.Query.TrimStart('?'), headers),
            signed,
            headers["X-Amz-Content-SHA256"] is [{ } declared] ? declared : Convert.ToHexStringLower(SHA256.HashData(body)),
            service);
        var signature = SignatureV4.Sign(SignatureV4.SigningKey(secret, scope), SignatureV4.StringToSign(canonical, timestamp, scope));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{SignatureV4.Algorithm} Credential={keyId}/{scope}, SignedHeaders={string.Join(';', signed)}, Signature={signature}");
    }
}
