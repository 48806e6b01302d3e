using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Server.Hosting;

/// <summary>A certificate and key in PEM files, read again within seconds when either changes; a change that cannot be read keeps the old one.</summary>
internal sealed class CertificateFile(string certificatePath, string keyPath, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly Lock reading = new();
    private Loaded current = Load(certificatePath, keyPath);
    private DateTimeOffset lookedAt = time.GetUtcNow();

    /// <summary>The certificate to present now, with its chain.</summary>
    public SslStreamCertificateContext Get()
    {
        lock (reading)
        {
            var now = time.GetUtcNow();
            if (now - lookedAt >= LookAgain)
            {
                lookedAt = now;
                Refresh();
            }

            return current.Context;
        }
    }

    private void Refresh()
    {
        if (Stamp(certificatePath, keyPath) == current.Stamp)
        {
            return;
        }

        try
        {
            current = Load(certificatePath, keyPath);
            log.LogInformation("the certificate '{Path}' was read again; it ends {End:u}", certificatePath, current.Context.TargetCertificate.NotAfter);
        }
        catch (ConfigurationException exception)
        {
            log.LogWarning("{Reason}; the one read before stays in use", exception.Message);
        }
    }

    private static Loaded Load(string certificatePath, string keyPath)
    {
        try
        {
            var stamp = Stamp(certificatePath, keyPath);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificatePath);
            var certificate = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            return new(SslStreamCertificateContext.Create(certificate, chain, offline: true), stamp);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"Tls: the certificate '{certificatePath}' with the key '{keyPath}' cannot be used: {exception.Message}");
        }
    }

    private static (DateTime Certificate, DateTime Key) Stamp(string certificatePath, string keyPath) =>
        (File.GetLastWriteTimeUtc(certificatePath), File.GetLastWriteTimeUtc(keyPath));

    private sealed record Loaded(SslStreamCertificateContext Context, (DateTime Certificate, DateTime Key) Stamp);
}
