using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>skopeo, which wants to be told that a registry on this machine has no TLS.</summary>
internal sealed class Skopeo
{
    private readonly Desk desk;
    private readonly Server server;

    public Skopeo(Desk desk, Server server)
    {
        (this.desk, this.server) = (desk, server);
        desk.Environment["REGISTRY_AUTH_FILE"] = desk.Home.Path("auth.json");
    }

    public Task<Outcome> LoginAsync(string password) =>
        desk.TellAsync(password, "skopeo", "login", "--tls-verify=false", "--username", "AWS", "--password-stdin", server.Registry);

    /// <summary>Copies between places as skopeo names them: `oci:FOLDER:TAG`, `dir:FOLDER`, or what <see cref="Remote"/> gives.</summary>
    public Task<Outcome> CopyAsync(string from, string to, params IEnumerable<string> options) =>
        desk.TryAsync("skopeo", ["copy", "--src-tls-verify=false", "--dest-tls-verify=false", .. options, from, to]);

    /// <summary>The exact bytes of a manifest as text, or what the registry says of it with another <paramref name="options"/>.</summary>
    public async Task<string> InspectAsync(string place, params IEnumerable<string> options) =>
        (await desk.TryAsync("skopeo", ["inspect", "--tls-verify=false", .. options, place])).Succeeded();

    public string Remote(string image) => $"docker://{server.Registry}/{image}";
}
