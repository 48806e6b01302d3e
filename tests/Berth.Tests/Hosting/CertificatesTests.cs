using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Hosting;
using Berth.Tests.Engines;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Hosting;

/// <summary>A server of many names shows each client the certificate of the name it asks for.</summary>
public sealed class CertificatesTests : IDisposable
{
    private const string Api = "api.ecr.us-east-1.amazonaws.com";
    private const string Registries = "*.dkr.ecr.us-east-1.amazonaws.com";

    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly MemoryLogger<CertificatesTests> log = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Api, Api)]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com", Registries)]
    [InlineData("999999999999.dkr.ecr.us-east-1.amazonaws.com", "999999999999.dkr.ecr.us-east-1.amazonaws.com")]
    [InlineData("a.b.dkr.ecr.us-east-1.amazonaws.com", "localhost")]
    [InlineData("elsewhere.example", "localhost")]
    [InlineData("", "localhost")]
    public void A_name_of_its_own_goes_before_a_wildcard_and_that_before_the_first(string asked, string shown)
    {
        Write("first", "localhost");
        Write("certs/a-registries", Registries);
        Write("certs/b-one", "999999999999.dkr.ecr.us-east-1.amazonaws.com");
        Write("certs/c-api", Api);

        Assert.Equal($"CN={shown}", Open(withFirst: true).For(asked).TargetCertificate.Subject);
    }

    [Fact]
    public void A_certificate_that_is_added_is_shown_within_seconds()
    {
        Write("certs/api", Api);
        var certificates = Open(withFirst: false);
        Assert.Equal($"CN={Api}", certificates.For("123456789012.dkr.ecr.us-east-1.amazonaws.com").TargetCertificate.Subject);

        Write("certs/registries", Registries);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal($"CN={Registries}", certificates.For("123456789012.dkr.ecr.us-east-1.amazonaws.com").TargetCertificate.Subject);
    }

    [Fact]
    public void A_certificate_that_is_broken_keeps_no_other_from_being_shown()
    {
        Write("certs/api", Api);
        File.WriteAllText(folder["certs/broken.crt"], "half a certif");

        Assert.Equal($"CN={Api}", Open(withFirst: false).For(Api).TargetCertificate.Subject);
        Assert.EndsWith("it is left out", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_certificate_there_is_no_start()
    {
        Directory.CreateDirectory(folder["certs"]);

        var refusal = Assert.Throws<ConfigurationException>(() => Open(withFirst: false));

        Assert.Equal($"Tls:Folder '{folder["certs"]}' has no NAME.crt with NAME.key, and Tls:Certificate is not set", refusal.Message);
    }

    [Fact]
    public async Task The_server_shows_each_client_the_certificate_of_its_name()
    {
        Write("certs/api", Api);
        Write("certs/registries", Registries);
        await using var berth = await BerthHost.StartAsync(options => options with
        {
            Listen = [ListenAddress.Parse("https://127.0.0.1:0")],
            TlsFolder = folder["certs"],
        });

        Assert.Equal($"CN={Api}", await AskAsync(berth, Api));
        Assert.Equal($"CN={Registries}", await AskAsync(berth, "123456789012.dkr.ecr.us-east-1.amazonaws.com"));
    }

    private static async Task<string> AskAsync(BerthHost berth, string name)
    {
        var subject = "";
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (subject = certificate!.Subject).Length > 0,
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(berth.Url, "/healthz"));
        request.Headers.Host = name;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        return subject;
    }

    private Certificates Open(bool withFirst) => Certificates.Open(
        new()
        {
            TlsCertificate = withFirst ? folder["first.crt"] : null,
            TlsKey = withFirst ? folder["first.key"] : null,
            TlsFolder = folder["certs"],
        },
        time,
        log);

    private void Write(string file, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Start.AddYears(-1), Start.AddYears(10));
        File.WriteAllText(folder[$"{file}.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder[$"{file}.key"], key.ExportPkcs8PrivateKeyPem());
    }
}
