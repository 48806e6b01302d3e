using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class NotationTests(Server server) : Journey(server), IClassFixture<Server>
{
    [Fact]
    public async Task A_signature_is_listed_and_verified()
    {
        var notation = new Notation(Desk, await Aws.GetPasswordAsync());
        await notation.MakeKeyAsync();
        var image = await PushAsync("signed");
        await notation.RunAsync("sign", image);

        var listed = await notation.RunAsync("list", image);
        var verified = await notation.TryAsync("verify", image);

        Assert.Contains("application/vnd.cncf.notary.signature", listed, StringComparison.Ordinal);
        Assert.Contains("Successfully verified signature", verified.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_nobody_signed_is_not_verified()
    {
        var notation = new Notation(Desk, await Aws.GetPasswordAsync());
        await notation.MakeKeyAsync();
        var image = await PushAsync("unsigned");

        var verified = await notation.TryAsync("verify", image);

        Assert.Contains("no signature is associated", verified.Refused(), StringComparison.Ordinal);
    }

    private async Task<string> PushAsync(string repository)
    {
        await Aws.CreateRepositoryAsync(repository);
        var crane = new Crane(Desk, Server);
        await crane.LoginAsync(await Aws.GetPasswordAsync());
        var digest = await crane.PushAsync(LayOut(SmallImage.Saying(repository)), Named($"{repository}:v1"));
        return Named($"{repository}@{digest}");
    }
}
