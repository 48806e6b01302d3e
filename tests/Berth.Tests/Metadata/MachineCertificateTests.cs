using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Berth.Server.Hosting;
using Berth.Server.Metadata;

namespace Berth.Tests.Metadata;

/// <summary>A machine whose connection proves a certificate needs no secret.</summary>
public sealed class MachineCertificateTests : IAsyncLifetime
{
    private const string Credentials = "/v1/machine/credentials";

    // The machines' clock stands, and it is by it that certificates are good.
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private MachineHost host = null!;

    public async ValueTask InitializeAsync()
    {
        using var server = Make("CN=localhost");
        await File.WriteAllTextAsync(folder["certificate.pem"], server.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["key.pem"], server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        host = await MachineHost.StartAsync(configure: options => options with
        {
            Listen = [ListenAddress.Parse("https://127.0.0.1:0")],
            TlsCertificate = folder["certificate.pem"],
            TlsKey = folder["key.pem"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_registered_certificate_brings_credentials()
    {
        using var certificate = Make("CN=machine");
        await host.RegisterAsync(certificate: CertificatePrint.Of(certificate));

        var (status, body) = await AskAsync(certificate, HttpMethod.Get, Credentials);

        Assert.Equal(200, status);
        Assert.Equal("arn:aws:iam::123456789012:role/fleet/puller", JsonSerializer.Deserialize<JsonElement>(body).GetProperty("RoleArn").GetString());
        Assert.Equal(200, (await AskAsync(certificate, HttpMethod.Put, "/latest/api/token")).Status);
    }

    [Fact]
    public async Task Another_certificate_of_the_same_name_brings_nothing()
    {
        using var certificate = Make("CN=machine");
        using var another = Make("CN=machine");
        await host.RegisterAsync(certificate: CertificatePrint.Of(certificate));

        Assert.Equal(401, (await AskAsync(another, HttpMethod.Get, Credentials)).Status);
        Assert.Equal(401, (await AskAsync(null, HttpMethod.Get, Credentials)).Status);
        Assert.Equal(401, (await AskAsync(null, HttpMethod.Put, "/latest/api/token")).Status);
    }

    [Fact]
    public async Task A_certificate_ends_when_it_says()
    {
        using var certificate = Make("CN=machine");
        await host.RegisterAsync(certificate: CertificatePrint.Of(certificate));

        host.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));

        Assert.Equal(401, (await AskAsync(certificate, HttpMethod.Get, Credentials)).Status);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_served_as_ever() =>
        Assert.Equal((200, "ok\n"), await AskAsync(null, HttpMethod.Get, "/healthz"));

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

        // A key that lies in a file is one that TLS can use on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    private async Task<(int Status, string Body)> AskAsync(X509Certificate2? certificate, HttpMethod method, string path)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null;
        if (certificate is not null)
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        using var http = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version11 };
        using var request = new HttpRequestMessage(method, new Uri(host.Berth.Url, path));
        request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "60");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
