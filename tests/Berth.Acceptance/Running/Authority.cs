using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Acceptance.Running;

/// <summary>An authority that only those trust who are given its certificate.</summary>
internal sealed class Authority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;
    private byte serial;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public Authority()
    {
        var request = new CertificateRequest("CN=Private authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(12));
    }

    /// <summary>Its own certificate, as PEM.</summary>
    public string Pem => certificate.ExportCertificatePem();

    /// <summary>Writes a certificate for a name, and its key, as `NAME.crt` and `NAME.key`.</summary>
    public void Certify(string host, string folder, string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest("CN=berth", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.Create(certificate, now.AddHours(-1), now.AddHours(11), [1, ++serial]);
        File.WriteAllText(Path.Combine(folder, $"{name}.crt"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, $"{name}.key"), own.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}
