using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>
/// Amazon's own credential helper, which serves nothing but names of ECR and nothing without TLS: the server carries such a name
/// and a certificate here, and a hosts file leads to this machine.
/// </summary>
public sealed class CredentialHelperTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    /// <summary>Runs a program where /etc/hosts is another file: `sh -c THIS sh FILE PROGRAM ARGUMENT...`.</summary>
    private const string WithHosts = "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"";
    private readonly int port = Server.FreePort();

    [Fact]
    public async Task An_image_is_pushed_and_pulled_without_any_login()
    {
        var image = SmallImage.Saying("no login");
        await Aws.CreateRepositoryAsync("helped");
        var name = $"{Host}:{port}/helped:v1";

        await CraneAsync("push", LayOut(image), name);

        Assert.Equal(image.Digest, await CraneAsync("digest", name));
    }

    private protected override async Task ArriveAsync()
    {
        await Server.StopAsync();
        var certificate = Certificate.Write(Desk.Home, Host);
        await File.WriteAllTextAsync(Path.Combine(Server.Data, "berth.json"), $$"""
            {
              "Registry": { "PublicHost": "{account}.dkr.ecr.{region}.amazonaws.com" },
              "Tls": { "Certificate": "{{certificate.Path}}", "Key": "{{certificate.KeyPath}}" }
            }
            """);
        Server.MoreAddresses = [$"https://127.0.0.1:{port}"];
        await Server.StartAsync();
        Desk.Environment["SSL_CERT_FILE"] = certificate.Path;
        Desk.Environment["AWS_ENDPOINT_URL_ECR"] = Server.Address.OriginalString;
        await File.WriteAllTextAsync(
            Desk.Home.Path(".docker", "config.json"), $$"""{ "credHelpers": { "{{Host}}:{{port}}": "ecr-login" } }""");
        Desk.Home.Write("hosts", $"127.0.0.1 localhost {Host}\n");
    }

    private Task<string> CraneAsync(params IEnumerable<string> arguments) => Desk.RunAsync(
        "unshare", ["--mount", "sh", "-c", WithHosts, "sh", Desk.Home.Path("hosts"), "crane", .. arguments]);
}
