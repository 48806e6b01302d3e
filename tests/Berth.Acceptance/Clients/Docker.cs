using Berth.Acceptance.Running;

namespace Berth.Acceptance.Clients;

/// <summary>The docker command line on the tests' own engine.</summary>
internal sealed class Docker
{
    private readonly Desk desk;
    private readonly Server server;

    public Docker(Desk desk, Server server, DockerEngine engine)
    {
        (this.desk, this.server) = (desk, server);
        desk.Environment["DOCKER_HOST"] = engine.Host;
    }

    public Task<string> RunAsync(params IEnumerable<string> arguments) => desk.RunAsync("docker", arguments);

    public Task<Outcome> TryAsync(params IEnumerable<string> arguments) => desk.TryAsync("docker", arguments);

    public Task<Outcome> LoginAsync(string password) =>
        desk.TellAsync(password, "docker", "login", "--username", "AWS", "--password-stdin", server.Registry);

    /// <summary>The id of a local image: the digest of its config.</summary>
    public Task<string> GetImageIdAsync(string image) => RunAsync("image", "inspect", "--format", "{{.Id}}", image);

    /// <summary>The digest under which a repository holds a local image that was pushed or pulled.</summary>
    public async Task<string> GetDigestAsync(string image) =>
        (await RunAsync("image", "inspect", "--format", "{{index .RepoDigests 0}}", image)).Split('@')[1];

    /// <summary>Removes every image of the engine, so that a pull has to bring all of it.</summary>
    public async Task ForgetImagesAsync()
    {
        var images = await RunAsync("images", "--quiet", "--no-trunc");
        foreach (var image in images.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            await RunAsync("rmi", "--force", image);
        }
    }
}
