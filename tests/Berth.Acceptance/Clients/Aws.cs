using System.Globalization;
using System.Text.Json;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>The AWS command line with the server's root key.</summary>
internal sealed class Aws
{
    private readonly Desk desk;
    private readonly Server server;

    public Aws(Desk desk, Server server)
    {
        (this.desk, this.server) = (desk, server);
        var key = server.ReadRootKey();
        desk.Environment["AWS_ACCESS_KEY_ID"] = key.Id;
        desk.Environment["AWS_SECRET_ACCESS_KEY"] = key.Secret;
        desk.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
    }

    /// <summary>The answer of an ECR operation that must succeed.</summary>
    public async Task<JsonElement> EcrAsync(string operation, params IEnumerable<string> arguments) =>
        JsonElement.Parse((await TryEcrAsync(operation, arguments)).Succeeded());

    public Task<Outcome> TryEcrAsync(string operation, params IEnumerable<string> arguments) =>
        desk.TryAsync("aws", ["--endpoint-url", server.Address.OriginalString, "--output", "json", "ecr", operation, .. arguments]);

    public Task<JsonElement> CreateRepositoryAsync(string name, params IEnumerable<string> settings) =>
        EcrAsync("create-repository", ["--repository-name", name, .. settings]);

    /// <summary>Sends a file as the part of an upload that begins at <paramref name="first"/>.</summary>
    public Task<Outcome> TryUploadLayerPartAsync(string repository, string upload, long first, string file) => TryEcrAsync(
        "upload-layer-part", "--repository-name", repository, "--upload-id", upload, "--layer-part-blob", $"fileb://{file}",
        "--part-first-byte", Digits(first), "--part-last-byte", Digits(first + new FileInfo(file).Length - 1));

    /// <summary>What `docker login` takes for user AWS.</summary>
    public async Task<string> GetPasswordAsync() => (await TryEcrAsync("get-login-password")).Succeeded();

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
