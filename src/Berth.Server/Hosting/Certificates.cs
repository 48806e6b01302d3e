using System.Net.Security;

namespace Berth.Server.Hosting;

/// <summary>
/// The certificates of a server of many names: the one of <c>Tls:Certificate</c>, and those of <c>Tls:Folder</c>. A client is shown the one
/// that has the name it asks for (RFC 6066, 3), a name of its own before a wildcard; without any, the first.
/// </summary>
internal sealed class Certificates(CertificateFile? first, CertificateFolder? folder)
{
    /// <summary>Opens what is configured; at least one certificate must be there.</summary>
    public static Certificates Open(BerthOptions options, TimeProvider time, ILogger log)
    {
        var folder = options.TlsFolder is { } path ? new CertificateFolder(path, time, log) : null;
        var first = options is { TlsCertificate: { } certificate, TlsKey: { } key } ? new CertificateFile(certificate, key, time, log) : null;
        return first is not null || folder!.Get() is not []
            ? new(first, folder)
            : throw new ConfigurationException($"Tls:Folder '{options.TlsFolder}' has no NAME.crt with NAME.key, and Tls:Certificate is not set");
    }

    /// <summary>The certificate for a name; an empty one is that of a client that named none.</summary>
    public SslStreamCertificateContext For(string name)
    {
        SslStreamCertificateContext? wildcard = null;
        foreach (var candidate in All())
        {
            if (name.Length == 0)
            {
                return candidate;
            }

            if (candidate.TargetCertificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false))
            {
                return candidate;
            }

            wildcard ??= candidate.TargetCertificate.MatchesHostname(name, allowWildcards: true, allowCommonName: false) ? candidate : null;
        }

        return wildcard ?? All().First();
    }

    // A folder that was emptied keeps what was read of it before, so there is always one.
    private IEnumerable<SslStreamCertificateContext> All() =>
        (first is null ? [] : new[] { first.Get() }).Concat((folder?.Get() ?? []).Select(file => file.Get()));
}
