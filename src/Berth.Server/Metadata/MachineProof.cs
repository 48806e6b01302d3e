using System.Net.Http.Headers;
using System.Text;
using Berth.Identity.Delivery;

namespace Berth.Server.Metadata;

/// <summary>Finds out which machine asks: by its secret, or by the certificate that its connection proved. An address proves nothing.</summary>
internal sealed class MachineProof(Machines machines, TimeProvider time)
{
    /// <summary>The machine, or null. Where a secret is sent it decides, whatever the certificate says.</summary>
    public ValueTask<Machine?> FindAsync(HttpContext http, string? secretInPath, CancellationToken cancel)
    {
        if ((secretInPath ?? SecretIn(http.Request.Headers.Authorization.ToString())) is { Length: > 0 } secret)
        {
            return machines.FindBySecretAsync(secret, cancel);
        }

        var now = time.GetUtcNow().UtcDateTime;
        return http.Connection.ClientCertificate is { } certificate
            && certificate.NotBefore.ToUniversalTime() <= now && now < certificate.NotAfter.ToUniversalTime()
            ? machines.FindByCertificateAsync(CertificatePrint.Of(certificate), cancel)
            : default;
    }

    // The container way sends the secret bare. An SDK that is given it as the password of a URL sends it as that.
    private static string SecretIn(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value)
            || !string.Equals(value.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || value.Parameter is not { } encoded)
        {
            return header;
        }

        var bytes = new byte[encoded.Length];
        var text = Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
