using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>Where cosign keeps a signature.</summary>
internal enum SignatureScheme
{
    /// <summary>Under a tag made from the image's digest.</summary>
    Tag,

    /// <summary>As an artifact that refers to the image.</summary>
    Referrer,
}

/// <summary>cosign with a key pair on disk and no transparency log.</summary>
internal sealed class Cosign
{
    private readonly Desk desk;
    private readonly Server server;

    public Cosign(Desk desk, Server server)
    {
        (this.desk, this.server) = (desk, server);
        desk.Environment["COSIGN_PASSWORD"] = "of this test only";
    }

    public async Task LoginAsync(string password) =>
        (await desk.TellAsync(password, "cosign", "login", "--username", "AWS", "--password-stdin", server.Registry)).Succeeded();

    public Task<string> MakeKeysAsync() => desk.RunAsync("cosign", "generate-key-pair");

    public Task<string> SignAsync(string image, SignatureScheme scheme) => desk.RunAsync(
        "cosign", "sign", "--key=cosign.key", "--use-signing-config=false", "--tlog-upload=false", Option(scheme),
        "--allow-http-registry", "--yes", image);

    public Task<Outcome> VerifyAsync(string image, SignatureScheme scheme) => desk.TryAsync(
        "cosign", "verify", "--key=cosign.pub", "--insecure-ignore-tlog", Option(scheme), "--allow-http-registry", image);

    private static string Option(SignatureScheme scheme) =>
        scheme == SignatureScheme.Referrer ? "--new-bundle-format=true" : "--new-bundle-format=false";
}
