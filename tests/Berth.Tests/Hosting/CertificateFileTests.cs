using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Hosting;
using Berth.Tests.Engines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Hosting;

public sealed class CertificateFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly MemoryLogger<CertificateFile> log = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_certificate_in_the_file_is_presented()
    {
        Write("first", changedAt: Start);

        Assert.Equal("CN=first", Open().Get().TargetCertificate.Subject);
    }

    [Fact]
    public void A_changed_certificate_is_read_again_within_seconds()
    {
        Write("first", changedAt: Start);
        var file = Open();

        Write("second", changedAt: Start.AddDays(1));
        Assert.Equal("CN=first", file.Get().TargetCertificate.Subject);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("CN=second", file.Get().TargetCertificate.Subject);
        Assert.Contains("was read again", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_did_not_change_is_not_read_again()
    {
        Write("first", changedAt: Start);
        var file = Open();
        var before = file.Get();

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Same(before, file.Get());
    }

    [Fact]
    public void A_change_that_cannot_be_read_keeps_the_certificate_before_and_is_warned_of()
    {
        Write("first", changedAt: Start);
        var file = Open();

        WriteFile("tls.crt", "half a certif", Start.AddDays(1));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("CN=first", file.Get().TargetCertificate.Subject);
        var (level, text) = Assert.Single(log.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.EndsWith("the one read before stays in use", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_whose_key_is_not_there_yet_waits_for_it()
    {
        Write("first", changedAt: Start);
        var file = Open();

        var (certificate, key) = Make("second");
        WriteFile("tls.crt", certificate, Start.AddDays(1));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CN=first", file.Get().TargetCertificate.Subject);

        WriteFile("tls.key", key, Start.AddDays(1));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CN=second", file.Get().TargetCertificate.Subject);
    }

    [Fact]
    public void A_certificate_that_was_removed_stays_in_use()
    {
        Write("first", changedAt: Start);
        var file = Open();

        File.Delete(folder["tls.crt"]);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("CN=first", file.Get().TargetCertificate.Subject);
    }

    [Fact]
    public void Without_a_certificate_there_is_no_start()
    {
        var refusal = Assert.Throws<ConfigurationException>(Open);

        Assert.StartsWith(
            $"Tls: the certificate '{folder["tls.crt"]}' with the key '{folder["tls.key"]}' cannot be used", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_presents_it_to_its_clients()
    {
        Write("localhost", changedAt: Start);
        await using var berth = await BerthHost.StartAsync(options => options with
        {
            Listen = [ListenAddress.Parse("https://127.0.0.1:0")],
            TlsCertificate = folder["tls.crt"],
            TlsKey = folder["tls.key"],
        });
        var subject = "";
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => (subject = certificate?.Subject) is not null },
        });

        Assert.Equal("ok\n", await client.GetStringAsync(new Uri(berth.Url, "/healthz"), TestContext.Current.CancellationToken));
        Assert.Equal("CN=localhost", subject);
    }

    private CertificateFile Open() => new(folder["tls.crt"], folder["tls.key"], time, log);

    private void Write(string name, DateTimeOffset changedAt)
    {
        var (certificate, key) = Make(name);
        WriteFile("tls.crt", certificate, changedAt);
        WriteFile("tls.key", key, changedAt);
    }

    private void WriteFile(string name, string content, DateTimeOffset changedAt)
    {
        File.WriteAllText(folder[name], content);
        File.SetLastWriteTimeUtc(folder[name], changedAt.UtcDateTime);
    }

    private static (string Certificate, string Key) Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(Start.AddYears(-1), Start.AddYears(10));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
