using System.Diagnostics;
using System.Globalization;

namespace Berth.Acceptance.Running;

/// <summary>
/// A network of its own with one host in it, which reaches this machine's end of a cable and nothing else. What its host resolves is what
/// its hosts file says.
/// </summary>
internal sealed class PrivateNetwork : IAsyncDisposable
{
    /// <summary>The block of the network, as the VPC that it stands for has it.</summary>
    public const string Block = "10.213.0.0/16";

    /// <summary>The block of the subnet that its host is in.</summary>
    public const string Subnet = "10.213.7.0/24";

    /// <summary>The address of its host.</summary>
    public const string Host = "10.213.7.50";

    /// <summary>Another address of its host.</summary>
    public const string OtherHost = "10.213.7.51";

    private readonly Scratch files = new();
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"bt{Environment.ProcessId}");

    /// <summary>
    /// What runs a program there: put before it. Its /sys stays this machine's, since a Docker engine looks for its control groups there.
    /// </summary>
    public string[] Within =>
    [
        "nsenter", $"--net=/run/netns/{name}", "unshare", "--mount", "sh", "-c",
        $"mount --bind {files.Path("hosts")} /etc/hosts && mount --bind {files.Path("resolv.conf")} /etc/resolv.conf && exec \"$@\"", "sh",
    ];

    /// <summary>Makes it; nothing is served there yet.</summary>
    public static async Task<PrivateNetwork> MakeAsync()
    {
        var network = new PrivateNetwork();
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives this machine's end of the cable an address, on which it can serve.</summary>
    public Task ServeAsync(string address) => IpAsync("addr", "add", $"{address}/32", "dev", $"{name}h");

    /// <summary>Has the host resolve what a hosts file says.</summary>
    public Task ResolveAsync(string hosts) => File.WriteAllTextAsync(files.Path("hosts"), $"127.0.0.1 localhost\n{hosts}\n");

    public async ValueTask DisposeAsync()
    {
        // With the network goes its end of the cable, and with that the other one.
        await RunAsync("netns", "del", name);
        files.Dispose();
    }

    private async Task BuildAsync()
    {
        await File.WriteAllTextAsync(files.Path("resolv.conf"), "nameserver 127.0.0.1\n");
        await ResolveAsync("");
        await IpAsync("netns", "add", name);
        await IpAsync("link", "add", $"{name}h", "type", "veth", "peer", "name", $"{name}c", "netns", name);
        await IpAsync("link", "set", $"{name}h", "up");
        await IpAsync("route", "add", Subnet, "dev", $"{name}h");
        foreach (var address in (string[])[Host, OtherHost])
        {
            await IpAsync("-n", name, "addr", "add", $"{address}/24", "dev", $"{name}c");
        }

        await IpAsync("-n", name, "link", "set", "lo", "up");
        await IpAsync("-n", name, "link", "set", $"{name}c", "up");
    }

    private static async Task IpAsync(params string[] arguments)
    {
        var (code, printed) = await RunAsync(arguments);
        Assert.True(code == 0, $"ip {string.Join(' ', arguments)}: {printed}");
    }

    private static async Task<(int Code, string Printed)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Checkout.FindProgram("ip"), arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var printed = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, printed);
    }
}
