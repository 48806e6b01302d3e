using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class PodmanTests(Server server) : Journey(server), IClassFixture<Server>
{
    private Podman Podman => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => (await Podman.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();

    [Fact]
    public async Task A_pushed_image_is_pulled_with_the_same_id_and_digest()
    {
        await Aws.CreateRepositoryAsync("podman");
        var image = Named("podman:v1");
        await ImportAsync("out and back", image);
        var id = await InspectAsync(image, "{{.Id}}");
        var digestFile = Desk.Home.Path("digest");
        await Podman.RunAsync("push", "--tls-verify=false", "--digestfile", digestFile, image);

        await Podman.RunAsync("rmi", "--all", "--force");
        await Podman.RunAsync("pull", "--tls-verify=false", image);

        Assert.Equal(id, await InspectAsync(image, "{{.Id}}"));
        Assert.Equal(await File.ReadAllTextAsync(digestFile), await InspectAsync(image, "{{.Digest}}"));
    }

    [Fact]
    public async Task An_index_gives_each_platform_its_own_image()
    {
        await Aws.CreateRepositoryAsync("platforms");
        var index = Named("platforms:v1");
        await Podman.RunAsync("manifest", "create", index);
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            await ImportAsync($"for {architecture}", $"localhost/{architecture}", "--arch", architecture);
            await Podman.RunAsync("manifest", "add", index, $"containers-storage:localhost/{architecture}");
        }

        await Podman.RunAsync("manifest", "push", "--all", "--tls-verify=false", index, $"docker://{index}");
        await Podman.RunAsync("manifest", "rm", index);

        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            await Podman.RunAsync("pull", "--tls-verify=false", "--arch", architecture, index);
            Assert.Equal(architecture, await InspectAsync(index, "{{.Architecture}}"));
        }

        var pushed = await Aws.EcrAsync("batch-get-image", "--repository-name", "platforms", "--image-ids", "imageTag=v1");
        var manifest = JsonElement.Parse(pushed.GetProperty("images")[0].GetProperty("imageManifest").GetString()!);
        Assert.Equal(2, manifest.GetProperty("manifests").GetArrayLength());
    }

    private async Task ImportAsync(string text, string image, params IEnumerable<string> options)
    {
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(text).Layer);
        await Podman.RunAsync(["import", .. options, layer, image]);
    }

    private Task<string> InspectAsync(string image, string field) => Podman.RunAsync("image", "inspect", "--format", field, image);
}
