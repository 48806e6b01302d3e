using System.Security.Authentication;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;

namespace Berth.Server.Gate.Recording;

/// <summary>How a client's connection was secured.</summary>
/// <param name="Version">Such as <c>TLSv1.3</c>.</param>
/// <param name="Cipher">Such as <c>TLS_AES_128_GCM_SHA256</c>.</param>
/// <param name="Host">The name it called the server by.</param>
internal sealed record TlsDetails(string Version, string? Cipher, string Host)
{
    /// <summary>Those of a request; null when it came without TLS.</summary>
    public static TlsDetails? Of(HttpContext http) => http.Features.Get<ITlsHandshakeFeature>() is { } tls
        ? new(
            tls.Protocol switch
            {
                SslProtocols.Tls13 => "TLSv1.3",
                SslProtocols.Tls12 => "TLSv1.2",
                var other => other.ToString(),
            },
            tls.NegotiatedCipherSuite?.ToString(),
            http.Request.Host.Value ?? "")
        : null;

    /// <summary>Writes them.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("tlsDetails"u8);
        json.WriteString("tlsVersion"u8, Version);
        if (Cipher is not null)
        {
            json.WriteString("cipherSuite"u8, Cipher);
        }

        json.WriteString("clientProvidedHostHeader"u8, Host);
        json.WriteEndObject();
    }
}
