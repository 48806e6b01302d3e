using System.Diagnostics;
using System.Net.Sockets;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>A Docker engine of the tests' own, with its own containerd and folders; what engine the machine runs does not matter.</summary>
public sealed class DockerEngine : IAsyncLifetime
{
    private readonly Scratch scratch = new();
    private Daemon? containerd;
    private Daemon? dockerd;

    /// <summary>What runs the engine elsewhere than in this machine's network: put before its program.</summary>
    internal string[] Within { get; init; } = [];

    /// <summary>What the engine's environment has besides.</summary>
    internal IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The registries that it may speak to without TLS, besides those of the loopback address.</summary>
    internal IReadOnlyList<string> PlainRegistries { get; init; } = [];

    /// <summary>The value of DOCKER_HOST that leads here.</summary>
    public string Host => $"unix://{Socket}";

    private string Socket => scratch.Path("docker.sock");

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartContainerdAsync();
            await StartDockerdAsync();
        }
        catch
        {
            // The runner disposes only of what was initialized.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in new[] { dockerd, containerd })
        {
            if (daemon is not null)
            {
                await daemon.DisposeAsync();
            }
        }

        scratch.Dispose();
    }

    private async Task StartContainerdAsync()
    {
        var socket = scratch.Path("containerd.sock");
        var settings = scratch.Write("containerd.toml", $"""
            version = 2
            root = "{scratch.Path("containerd")}"
            state = "{scratch.Path("containerd-state")}"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "{socket}"
            """);
        containerd = new(new ProcessStartInfo("containerd", ["--config", settings]));
        await containerd.UntilAsync(cancel => AnswersAsync(socket, cancel));
    }

    private async Task StartDockerdAsync()
    {
        string[] command =
        [
            .. Within, "dockerd",
            "--config-file", scratch.Write("daemon.json", "{}"),
            "--storage-driver=vfs", "--iptables=false", "--ip6tables=false", "--bridge=none",
            "--data-root", scratch.Path("data"), "--exec-root", scratch.Path("exec"), "--pidfile", scratch.Path("pid"),
            "--host", Host, "--containerd", scratch.Path("containerd.sock"),
            .. PlainRegistries.SelectMany(registry => (string[])["--insecure-registry", registry]),
        ];
        var start = new ProcessStartInfo(command[0], command[1..]);
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        dockerd = new(start);
        await dockerd.UntilAsync(cancel => AnswersAsync(Socket, cancel));
    }

    private static async Task<bool> AnswersAsync(string path, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
