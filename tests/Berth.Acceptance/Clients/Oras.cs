using System.Text.Json;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>oras, for artifacts and what refers to them.</summary>
internal sealed class Oras(Desk desk, Server server)
{
    public Task<Outcome> LoginAsync(string password) =>
        desk.TellAsync(password, "oras", "login", "--plain-http", "--username", "AWS", "--password-stdin", server.Registry);

    public Task<string> RunAsync(string command, params IEnumerable<string> arguments) =>
        desk.RunAsync("oras", [command, "--plain-http", .. arguments]);

    /// <summary>Pushes an image of an OCI layout, named `FOLDER:TAG`.</summary>
    public Task<Outcome> CopyLayoutAsync(string layout, string image) =>
        desk.TryAsync("oras", "cp", "--from-oci-layout", layout, "--to-plain-http", image);

    /// <summary>The answer of a command as JSON.</summary>
    public async Task<JsonElement> AskAsync(string command, params IEnumerable<string> arguments) =>
        JsonElement.Parse(await RunAsync(command, ["--format", "json", .. arguments]));
}
