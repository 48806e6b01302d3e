using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Berth.Identity.Entities;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>
/// Whether a server is the provider: by an authority that the system trusts, or else by a chain of certificates that ends in
/// one of the provider's thumbprints (IAM User Guide, "Obtain the thumbprint for an OpenID Connect identity provider").
/// </summary>
internal static class ProviderCertificate
{
    /// <summary>What the handshake asks. A wrong name is a wrong server whatever its chain.</summary>
    public static bool IsOf(OidcProvider provider, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors when certificate is X509Certificate2 leaf => EndsInThumbprint(provider, leaf, sent),
        _ => false,
    };

    // The chain is built anew: that a pinned certificate was sent along proves nothing unless it signed what is below it.
    private static bool EndsInThumbprint(OidcProvider provider, X509Certificate2 leaf, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var certificate in sent?.ChainElements.Select(element => element.Certificate) ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(certificate);
        }

        return chain.Build(leaf)
            && provider.Thumbprints.Contains(chain.ChainElements[^1].Certificate.Thumbprint, StringComparer.OrdinalIgnoreCase);
    }
}
