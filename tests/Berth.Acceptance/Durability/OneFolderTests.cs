using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>One data folder has one server, on as many addresses as it likes.</summary>
public sealed class OneFolderTests(Server server) : Journey(server), IClassFixture<Server>
{
    [Fact]
    public async Task A_second_server_on_the_folder_is_refused() =>
        AssertRefused(await BerthAsync("serve", "--listen", $"http://127.0.0.1:{Server.FreePort()}"));

    [Fact]
    public async Task A_collection_while_the_server_runs_is_refused() => AssertRefused(await BerthAsync("collect", "--grace", "0s"));

    [Fact]
    public async Task What_is_pushed_at_one_address_is_there_at_the_other()
    {
        await Server.StopAsync();
        var other = new Uri($"http://127.0.0.1:{Server.FreePort()}");
        Server.MoreAddresses = [other.OriginalString];
        await Server.StartAsync();
        var image = SmallImage.Saying("two doors");
        var password = await Aws.GetPasswordAsync();
        var crane = new Crane(Desk, Server);
        await Aws.CreateRepositoryAsync("doors");
        await crane.LoginAsync(password);

        await crane.PushAsync(LayOut(image), Named("doors:v1"));

        var file = Desk.Home.Path("manifest");
        Assert.Equal("200", await new Curl(Desk).DownloadAsync(new(other, "/v2/doors/manifests/v1"), file, "--user", $"AWS:{password}"));
        Assert.Equal(image.Manifest, await File.ReadAllBytesAsync(file));
    }

    private Task<Outcome> BerthAsync(string tool, params IEnumerable<string> arguments) =>
        Desk.TryAsync("dotnet", [Checkout.ServerProgram, tool, "--data", Server.Data, .. arguments]);

    private void AssertRefused(Outcome outcome)
    {
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        var line = Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("berth: ", line, StringComparison.Ordinal);
        Assert.Contains(Server.Data, line, StringComparison.Ordinal);
    }
}
