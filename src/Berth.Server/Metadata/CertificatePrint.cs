using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Server.Metadata;

/// <summary>How a machine's certificate is registered: the SHA-256 of its DER form in lower-case hex. Who signed it does not matter.</summary>
internal static class CertificatePrint
{
    /// <summary>The print of a certificate.</summary>
    public static string Of(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span));
}
