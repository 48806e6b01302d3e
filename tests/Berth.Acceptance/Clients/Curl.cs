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
}
