using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class CosignTests(Server server) : Journey(server), IClassFixture<Server>
{
    private Cosign Cosign => field ??= new(Desk, Server);

    private Crane Crane => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync()
    {
        await Cosign.LoginAsync(await Aws.GetPasswordAsync());
        await Cosign.MakeKeysAsync();
    }

    [Theory]
    [InlineData("by-tag", false)]
    [InlineData("by-referrer", true)]
    public async Task A_signature_is_verified(string repository, bool asReferrer)
    {
        var scheme = asReferrer ? SignatureScheme.Referrer : SignatureScheme.Tag;
        var image = await PushAsync(repository);
        await Cosign.SignAsync(image, scheme);

        (await Cosign.VerifyAsync(image, scheme)).Succeeded();
    }

    [Fact]
    public async Task A_signature_of_the_tag_scheme_is_a_tag_beside_the_image()
    {
        var image = await PushAsync("beside");
        await Cosign.SignAsync(image, SignatureScheme.Tag);

        var tags = await Crane.RunAsync("ls", Named("beside"));

        Assert.Contains($"{image.Split('@')[1].Replace(':', '-')}.sig", tags, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_of_the_referrer_scheme_refers_to_the_image()
    {
        var image = await PushAsync("referring");
        await Cosign.SignAsync(image, SignatureScheme.Referrer);

        var found = (await new Oras(Desk, Server).AskAsync("discover", image)).GetProperty("referrers");

        var referrer = Assert.Single(found.EnumerateArray());
        Assert.Contains("sigstore", referrer.GetProperty("artifactType").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_nobody_signed_is_not_verified()
    {
        var image = await PushAsync("unsigned");

        var verified = await Cosign.VerifyAsync(image, SignatureScheme.Tag);

        Assert.Contains("no signatures found", verified.Refused(), StringComparison.Ordinal);
    }

    private async Task<string> PushAsync(string repository)
    {
        await Aws.CreateRepositoryAsync(repository);
        var digest = await Crane.PushAsync(LayOut(SmallImage.Saying(repository)), Named($"{repository}:v1"));
        return Named($"{repository}@{digest}");
    }
}
