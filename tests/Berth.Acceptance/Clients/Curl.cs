using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>curl, for an address that the registry hands out or that the test knows.</summary>
internal sealed class Curl(Desk desk)
{
    /// <summary>Writes what an address gives to a file and returns the status; the address's host need not resolve.</summary>
    public Task<string> DownloadAsync(Uri address, string file, params IEnumerable<string> options) => desk.RunAsync(
        "curl", ["--silent", "--show-error", "--resolve", $"{address.Host}:{address.Port}:127.0.0.1",
        "--output", file, "--write-out", "%{http_code}", .. options, address.AbsoluteUri]);

    /// <summary>Posts a file and returns the status and what was answered.</summary>
    public async Task<(string Status, string Body)> PostAsync(Uri address, string file, string user)
    {
        var answer = desk.Home.Path("answer");
        var status = await DownloadAsync(
            address, answer, "--user", user, "--header", "Content-Type: application/octet-stream", "--data-binary", $"@{file}");
        return (status, await File.ReadAllTextAsync(answer));
    }

    /// <summary>Calls an operation of the AWS wire, signed by curl, once: whether it was told that it is done.</summary>
    public async Task<bool> CallAsync(Server server, string service, string target, string body)
    {
        var key = server.ReadRootKey();
        var called = await desk.TryAsync(
            "curl", "--silent", "--fail", "--output", "/dev/null", "--aws-sigv4", $"aws:amz:us-east-1:{service}", "--user", $"{key.Id}:{key.Secret}",
            "--header", $"X-Amz-Target: {target}", "--header", "Content-Type: application/x-amz-json-1.1", "--data", body, server.Address.OriginalString);
        return called.ExitCode == 0;
    }
}
