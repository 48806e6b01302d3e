using System.Text;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

[Collection(nameof(DockerEngine))]
public sealed class DockerTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private Docker Docker => field ??= new(Desk, Server, engine);

    [Fact]
    public async Task A_real_image_comes_back_as_it_was_and_runs()
    {
        await Aws.CreateRepositoryAsync("debian");
        var image = Named("debian:bookworm");
        await Docker.RunAsync("import", Checkout.DebianTar, image);
        var id = await Docker.GetImageIdAsync(image);
        await Docker.RunAsync("push", image);
        var digest = await Docker.GetDigestAsync(image);

        await Docker.ForgetImagesAsync();
        await Docker.RunAsync("pull", image);

        Assert.Equal(id, await Docker.GetImageIdAsync(image));
        Assert.Equal(digest, await Docker.GetDigestAsync(image));
        var version = await Docker.RunAsync("run", "--rm", "--network=none", image, "cat", "/etc/debian_version");
        Assert.StartsWith("12.", version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_docker_pushed_is_what_aws_gives_byte_for_byte()
    {
        await Aws.CreateRepositoryAsync("exact");
        await PushAsync("exact:v1", "exact");

        var answer = await Aws.EcrAsync("batch-get-image", "--repository-name", "exact", "--image-ids", "imageTag=v1");

        var manifest = answer.GetProperty("images")[0].GetProperty("imageManifest").GetString()!;
        Assert.Equal(await Docker.GetDigestAsync(Named("exact:v1")), SmallImage.DigestOf(Encoding.UTF8.GetBytes(manifest)));
    }

    [Fact]
    public async Task Layers_the_registry_has_are_mounted_into_another_repository()
    {
        await Aws.CreateRepositoryAsync("mount/first");
        await Aws.CreateRepositoryAsync("mount/second");
        await PushAsync("mount/first:v1", "mounted");
        await Docker.RunAsync("tag", Named("mount/first:v1"), Named("mount/second:v1"));

        var pushed = await Docker.RunAsync("push", Named("mount/second:v1"));

        Assert.Contains("Mounted from mount/first", pushed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_immutable_tag_is_not_pushed_over()
    {
        await Aws.CreateRepositoryAsync("release", "--image-tag-mutability", "IMMUTABLE");
        await PushAsync("release:v1", "first");
        await ImportAsync("release:v1", "second");

        var push = await Docker.TryAsync("push", Named("release:v1"));

        Assert.Contains(
            "The image tag 'v1' already exists in the 'release' repository and cannot be overwritten because the tag is immutable.",
            push.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_to_a_repository_that_does_not_exist_says_so()
    {
        await ImportAsync("nowhere:v1", "lost");

        var push = await Docker.TryAsync("push", Named("nowhere:v1"));

        Assert.Contains(
            "The repository with name 'nowhere' does not exist in the registry with id '123456789012'", push.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_no_login()
    {
        var login = await Docker.LoginAsync("guessed");

        Assert.Contains("401 Unauthorized", login.Refused(), StringComparison.Ordinal);
    }

    private protected override async Task ArriveAsync()
    {
        (await Docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        await base.DisposeAsync();
    }

    private async Task PushAsync(string image, string text)
    {
        await ImportAsync(image, text);
        await Docker.RunAsync("push", Named(image));
    }

    private async Task ImportAsync(string image, string text)
    {
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(text).Layer);
        await Docker.RunAsync("import", layer, Named(image));
    }
}
