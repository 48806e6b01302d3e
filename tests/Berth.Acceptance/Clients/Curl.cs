using System.Text.Json;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>curl, which signs requests itself and so reaches the operations that Debian's older `aws` has not heard of.</summary>
internal sealed class Curl(Desk desk, Server server)
{
    private const string Ecr = "AmazonEC2ContainerRegistry_V20150921";

    /// <summary>Calls an ECR operation with the root key.</summary>
    public async Task<JsonElement> EcrAsync(string operation, string request)
    {
        var key = server.ReadRootKey();
        return JsonElement.Parse(await desk.RunAsync(
            "curl", "--silent", "--show-error", "--fail-with-body", "--aws-sigv4", "aws:amz:us-east-1:ecr", "--user", $"{key.Id}:{key.Secret}",
            "--header", "Content-Type: application/x-amz-json-1.1", "--header", $"X-Amz-Target: {Ecr}.{operation}",
            "--data-raw", request, server.Address.AbsoluteUri));
    }

    /// <summary>Writes what an address gives to a file and returns the status; the address's host need not resolve.</summary>
    public Task<string> DownloadAsync(Uri address, string file) => desk.RunAsync(
        "curl", "--silent", "--show-error", "--resolve", $"{address.Host}:{address.Port}:127.0.0.1",
        "--output", file, "--write-out", "%{http_code}", address.AbsoluteUri);
}
