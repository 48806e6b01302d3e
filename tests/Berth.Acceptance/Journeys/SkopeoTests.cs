using System.Text;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class SkopeoTests(Server server) : Journey(server), IClassFixture<Server>
{
    private Skopeo Skopeo => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => (await Skopeo.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();

    [Fact]
    public async Task An_OCI_layout_goes_in_and_comes_out_with_the_same_digest()
    {
        var image = SmallImage.OfSize(3_000_000, seed: 3);
        await Aws.CreateRepositoryAsync("layout");
        (await Skopeo.CopyAsync($"oci:{LayOut(image)}:v1", Skopeo.Remote("layout:v1"))).Succeeded();

        var back = Desk.Home.Path("back");
        (await Skopeo.CopyAsync(Skopeo.Remote("layout:v1"), $"oci:{back}:v1")).Succeeded();

        Assert.Equal(image.Manifest, await ReadBlobAsync(back, image.Digest));
        Assert.Equal(image.Layer, await ReadBlobAsync(back, image.LayerDigest));
    }

    [Fact]
    public async Task An_image_turned_into_docker_schema_2_is_kept_as_such()
    {
        await Aws.CreateRepositoryAsync("schema2");
        var layout = LayOut(SmallImage.Saying("schema 2"));

        (await Skopeo.CopyAsync($"oci:{layout}:v1", Skopeo.Remote("schema2:v1"), "--format", "v2s2")).Succeeded();

        var manifest = await Skopeo.InspectAsync(Skopeo.Remote("schema2:v1"), "--raw");
        Assert.Contains("application/vnd.docker.distribution.manifest.v2+json", manifest, StringComparison.Ordinal);
        var described = await Aws.EcrAsync("describe-images", "--repository-name", "schema2");
        var detail = described.GetProperty("imageDetails")[0];
        Assert.Equal(SmallImage.DigestOf(Encoding.UTF8.GetBytes(manifest)), detail.GetProperty("imageDigest").GetString());
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", detail.GetProperty("imageManifestMediaType").GetString());
    }

    [Fact]
    public async Task An_image_tagged_by_aws_is_pulled_under_the_new_tag()
    {
        var image = SmallImage.Saying("tagged anew");
        await Aws.CreateRepositoryAsync("retag");
        (await Skopeo.CopyAsync($"oci:{LayOut(image)}:v1", Skopeo.Remote("retag:v1"))).Succeeded();
        await Aws.EcrAsync(
            "put-image", "--repository-name", "retag", "--image-tag", "stable", "--image-manifest", Encoding.UTF8.GetString(image.Manifest));

        var back = Desk.Home.Path("back");
        (await Skopeo.CopyAsync(Skopeo.Remote("retag:stable"), $"oci:{back}:v1")).Succeeded();

        Assert.Equal(image.Manifest, await ReadBlobAsync(back, image.Digest));
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_reported_in_ECRs_words()
    {
        await Aws.CreateRepositoryAsync("empty");

        var copy = await Skopeo.CopyAsync(Skopeo.Remote("empty:none"), $"dir:{Desk.Home.Path("out")}");

        Assert.Contains("Requested image not found", copy.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_no_login()
    {
        var login = await Skopeo.LoginAsync("guessed");

        Assert.Contains("invalid username/password", login.Refused(), StringComparison.Ordinal);
    }

    private static Task<byte[]> ReadBlobAsync(string layout, string digest) =>
        File.ReadAllBytesAsync(Path.Combine(layout, "blobs", "sha256", digest["sha256:".Length..]));
}
