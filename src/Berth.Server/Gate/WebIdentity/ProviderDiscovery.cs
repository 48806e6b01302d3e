using System.Text.Json;
using Berth.Identity.Entities;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>
/// Fetches a provider's keys (OpenID Connect Discovery 1.0, 4). An account's owner decides where a request goes to, so it goes
/// nowhere but to the provider's own URL and to the key set named there, follows no redirect, carries nothing, and of the answer
/// nobody is told anything.
/// </summary>
internal static class ProviderDiscovery
{
    private const int LongestAnswer = 256 * 1024;
    private const int MostKeys = 200;
    private const int ShortestRsaKey = 2048;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The keys for signatures by their ids. What goes wrong is an <see cref="HttpRequestException"/>, a
    /// <see cref="JsonException"/>, an <see cref="InvalidDataException"/>, or a cancellation that nobody asked for.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, JsonWebKey>> FetchAsync(OidcProvider provider, CancellationToken cancel)
    {
        using var client = ClientFor(provider);
        var configuration = await client.GetByteArrayAsync(new Uri(provider.Url.Text.TrimEnd('/') + "/.well-known/openid-configuration"), cancel);
        var keys = await client.GetByteArrayAsync(KeysUri(provider.Url, configuration), cancel);
        return Read(keys);
    }

    private static HttpClient ClientFor(OidcProvider provider)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            ProviderCertificate.IsOf(provider, certificate, chain, errors);
        return new(handler) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    }

    // Plain HTTP stays on the loopback address and at the provider's own port.
    private static Uri KeysUri(OidcUrl provider, byte[] configuration)
    {
        using var json = JsonDocument.Parse(configuration);
        var isProvider = string.Equals(TextOf(json, "issuer"), provider.Text, StringComparison.Ordinal);
        return isProvider
            && Uri.TryCreate(TextOf(json, "jwks_uri"), UriKind.Absolute, out var uri)
            && OidcUrl.IsSafe(uri)
            && (uri.Scheme is "https" || string.Equals(uri.Authority, provider.Uri.Authority, StringComparison.Ordinal))
                ? uri
                : throw new InvalidDataException("the configuration is of another issuer, or names no key set that may be fetched");
    }

    private static string? TextOf(JsonDocument json, string name) =>
        json.RootElement.ValueKind is JsonValueKind.Object
        && json.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, JsonWebKey> Read(byte[] json)
    {
        var all = JsonSet(json);
        if (all.Count > MostKeys)
        {
            throw new InvalidDataException($"the key set has more than {MostKeys} keys");
        }

        var keys = new Dictionary<string, JsonWebKey>(StringComparer.Ordinal);
        foreach (var key in all.Where(IsForSignatures))
        {
            keys.TryAdd(key.Kid, key);
        }

        return keys;
    }

    private static IList<JsonWebKey> JsonSet(byte[] json)
    {
        try
        {
            return JsonWebKeySet.Create(System.Text.Encoding.UTF8.GetString(json)).Keys;
        }
        catch (ArgumentException broken)
        {
            throw new InvalidDataException("the key set cannot be read", broken);
        }
    }

    private static bool IsForSignatures(JsonWebKey key) =>
        key is { Kid.Length: > 0, Use: null or "" or "sig" } && key switch
        {
            { Kty: JsonWebAlgorithmsKeyTypes.RSA, N.Length: > 0, E.Length: > 0 } => key.KeySize >= ShortestRsaKey,
            { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, X.Length: > 0, Y.Length: > 0 } => true,
            _ => false,
        };
}
