using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Berth.Acceptance.Running;

/// <summary>A running Berth with a data folder of its own, known only by its address and its root key.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly Scratch scratch = new();
    private readonly HttpClient http = new();
    private Daemon? daemon;
    private string earlierLog = "";

    /// <summary>A free port of this machine, kept over restarts.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The registry's name before an image: `localhost:5050`.</summary>
    public string Registry => $"localhost:{Port}";

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Addresses to listen on besides its own, from the next start on; a certificate is a matter of `berth.json`.</summary>
    internal string[] MoreAddresses { get; set; } = [];

    /// <summary>The data folder: one that is gone afterwards, unless said otherwise.</summary>
    internal string Data
    {
        get => field ??= scratch.Path("data");
        init;
    }

    /// <summary>What the server printed since its first start.</summary>
    internal string Log => earlierLog + daemon?.Log;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            // The runner disposes only of what was initialized.
            await DisposeAsync();
            throw;
        }
    }

    internal async Task StartAsync()
    {
        earlierLog = Log;
        string[] addresses = [.. MoreAddresses, Address.OriginalString];
        daemon = new(new ProcessStartInfo(
            "dotnet", [Checkout.ServerProgram, "serve", "--data", Data, .. addresses.SelectMany(address => (string[])["--listen", address])]));
        await daemon.UntilAsync(IsReadyAsync);
    }

    internal Task<int> StopAsync() => daemon!.StopAsync();

    internal Task KillAsync() => daemon!.KillAsync();

    /// <summary>The root key, as `aws` finds it in a credentials file.</summary>
    internal RootKey ReadRootKey() => RootKey.Parse(File.ReadLines(Path.Combine(Data, "credentials")));

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
        {
            await daemon.DisposeAsync();
        }

        http.Dispose();
        scratch.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/readyz"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
