using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>curl, for an address that the registry hands out.</summary>
internal sealed class Curl(Desk desk)
{
    /// <summary>Writes what an address gives to a file and returns the status; the address's host need not resolve.</summary>
    public Task<string> DownloadAsync(Uri address, string file) => desk.RunAsync(
        "curl", "--silent", "--show-error", "--resolve", $"{address.Host}:{address.Port}:127.0.0.1",
        "--output", file, "--write-out", "%{http_code}", address.AbsoluteUri);
}
