using System.Globalization;
using System.Text.Json;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>The AWS command line, with the server's root key unless another is taken.</summary>
internal sealed class Aws
{
    private readonly Desk desk;
    private readonly Server server;

    public Aws(Desk desk, Server server)
    {
        (this.desk, this.server) = (desk, server);
        var key = server.ReadRootKey();
        Take(key.Id, key.Secret);
        desk.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
    }

    /// <summary>Works with another key from here on.</summary>
    public void Take(string id, string secret, string? token = null)
    {
        desk.Environment["AWS_ACCESS_KEY_ID"] = id;
        desk.Environment["AWS_SECRET_ACCESS_KEY"] = secret;
        desk.Environment.Remove("AWS_SESSION_TOKEN");
        if (token is not null)
        {
            desk.Environment["AWS_SESSION_TOKEN"] = token;
        }
    }

    /// <summary>The answer of any service's operation, which must succeed.</summary>
    public async Task<JsonElement> RunAsync(string service, string operation, params IEnumerable<string> arguments) =>
        (await TryAsync(service, operation, arguments)).Succeeded() is { Length: > 0 } answer ? JsonElement.Parse(answer) : default;

    /// <summary>The answer of an ECR operation that must succeed.</summary>
    public async Task<JsonElement> EcrAsync(string operation, params IEnumerable<string> arguments) =>
        JsonElement.Parse((await TryEcrAsync(operation, arguments)).Succeeded());

    public Task<Outcome> TryEcrAsync(string operation, params IEnumerable<string> arguments) => TryAsync("ecr", operation, arguments);

    public Task<Outcome> TryAsync(string service, string operation, params IEnumerable<string> arguments) =>
        desk.TryAsync("aws", ["--endpoint-url", server.Address.OriginalString, "--output", "json", service, operation, .. arguments]);

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
