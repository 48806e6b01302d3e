using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>podman with storage of its own.</summary>
internal sealed class Podman
{
    private readonly Desk desk;
    private readonly Server server;
    private readonly string[] storage;

    public Podman(Desk desk, Server server)
    {
        (this.desk, this.server) = (desk, server);
        desk.Environment["REGISTRY_AUTH_FILE"] = desk.Home.Path("auth.json");
        storage =
        [
            "--root", desk.Home.Path("podman"), "--runroot", desk.Home.Path("podman-run"), "--tmpdir", desk.Home.Path("podman-tmp"),
            "--storage-driver=vfs", "--cgroup-manager=cgroupfs", "--events-backend=none",
        ];
    }

    public Task<string> RunAsync(params IEnumerable<string> arguments) => desk.RunAsync("podman", [.. storage, .. arguments]);

    public Task<Outcome> LoginAsync(string password) =>
        desk.TellAsync(password, "podman", [.. storage, "login", "--tls-verify=false", "--username", "AWS", "--password-stdin", server.Registry]);
}
