using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Acceptance.Running;

/// <summary>A certificate that only this test trusts, and its key, as PEM files.</summary>
internal sealed record Certificate(string Path, string KeyPath)
{
    /// <summary>Makes a certificate for a host name.</summary>
    public static Certificate Write(Scratch scratch, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        return new(
            scratch.Write("certificate.pem", certificate.ExportCertificatePem()),
            scratch.Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }
}
