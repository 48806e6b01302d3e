using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>crane, which takes a registry named localhost as one without TLS.</summary>
internal sealed class Crane(Desk desk, Server server)
{
    public Task<string> RunAsync(params IEnumerable<string> arguments) => desk.RunAsync("crane", arguments);

    public Task<Outcome> TryAsync(params IEnumerable<string> arguments) => desk.TryAsync("crane", arguments);

    /// <summary>Stores the password; crane asks the registry nothing at login.</summary>
    public async Task LoginAsync(string password) =>
        (await desk.TellAsync(password, "crane", "auth", "login", "--username", "AWS", "--password-stdin", server.Registry)).Succeeded();

    /// <summary>Pushes an OCI layout and returns the digest crane says it has there.</summary>
    public async Task<string> PushAsync(string layout, string image) => (await RunAsync("push", layout, image)).Split('@')[1];
}
