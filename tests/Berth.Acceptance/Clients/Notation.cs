using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>notation with a test certificate as its only trust.</summary>
internal sealed class Notation
{
    private const string Signer = "berth.test";
    private readonly Desk desk;

    public Notation(Desk desk, string password)
    {
        this.desk = desk;
        desk.Environment["NOTATION_USERNAME"] = "AWS";
        desk.Environment["NOTATION_PASSWORD"] = password;
    }

    /// <summary>Makes a key with its certificate and trusts it for every image.</summary>
    public async Task MakeKeyAsync()
    {
        await desk.RunAsync("notation", "cert", "generate-test", "--default", Signer);
        var policy = desk.Home.Write("trustpolicy.json", $$"""
            {
              "version": "1.0",
              "trustPolicies": [
                {
                  "name": "all",
                  "registryScopes": ["*"],
                  "signatureVerification": { "level": "strict" },
                  "trustStores": ["ca:{{Signer}}"],
                  "trustedIdentities": ["*"]
                }
              ]
            }
            """);
        await desk.RunAsync("notation", "policy", "import", policy);
    }

    public Task<string> RunAsync(string command, string image) => desk.RunAsync("notation", command, "--insecure-registry", image);

    public Task<Outcome> TryAsync(string command, string image) => desk.TryAsync("notation", command, "--insecure-registry", image);
}
