using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class OrasTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Chart = "application/vnd.example.chart";
    private const string Bill = "application/vnd.example.bill-of-materials";

    private Oras Oras => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => (await Oras.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();

    [Fact]
    public async Task An_artifact_is_pushed_and_pulled()
    {
        await Aws.CreateRepositoryAsync("artifact");
        await PushAsync("artifact:v1");

        var folder = Desk.Home.Path("back");
        await Oras.RunAsync("pull", Named("artifact:v1"), "--output", folder);

        Assert.Equal("a chart", await File.ReadAllTextAsync(Path.Combine(folder, "chart.txt")));
    }

    [Fact]
    public async Task What_is_attached_to_an_artifact_is_discovered()
    {
        await Aws.CreateRepositoryAsync("attached");
        await PushAsync("attached:v1");
        Desk.Home.Write("bill.txt", "a bill of materials");
        var attached = await Oras.AskAsync("attach", Named("attached:v1"), "--artifact-type", Bill, "bill.txt:text/plain");

        var found = (await Oras.AskAsync("discover", Named("attached:v1"))).GetProperty("referrers");

        Assert.Equal(1, found.GetArrayLength());
        Assert.Equal(attached.GetProperty("digest").GetString(), found[0].GetProperty("digest").GetString());
        Assert.Equal(Bill, found[0].GetProperty("artifactType").GetString());
    }

    [Fact]
    public async Task Only_attachments_of_the_wanted_type_are_discovered()
    {
        await Aws.CreateRepositoryAsync("typed");
        await PushAsync("typed:v1");
        Desk.Home.Write("bill.txt", "a bill of materials");
        await Oras.RunAsync("attach", Named("typed:v1"), "--artifact-type", Bill, "bill.txt:text/plain");
        await Oras.RunAsync("attach", Named("typed:v1"), "--artifact-type", Chart, "chart.txt:text/plain");

        var found = (await Oras.AskAsync("discover", "--artifact-type", Bill, Named("typed:v1"))).GetProperty("referrers");

        Assert.Equal(1, found.GetArrayLength());
        Assert.Equal(Bill, found[0].GetProperty("artifactType").GetString());
    }

    [Fact]
    public async Task An_attachment_leaves_no_tag_behind()
    {
        await Aws.CreateRepositoryAsync("untagged");
        await PushAsync("untagged:v1");
        await Oras.RunAsync("attach", Named("untagged:v1"), "--artifact-type", Bill, "chart.txt:text/plain");

        var listed = await Aws.EcrAsync("list-images", "--repository-name", "untagged", "--filter", "tagStatus=TAGGED");

        Assert.Equal("v1", Assert.Single(listed.GetProperty("imageIds").EnumerateArray()).GetProperty("imageTag").GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_no_login()
    {
        var login = await Oras.LoginAsync("guessed");

        Assert.Contains("401", login.Refused(), StringComparison.Ordinal);
    }

    private async Task PushAsync(string image)
    {
        Desk.Home.Write("chart.txt", "a chart");
        await Oras.RunAsync("push", Named(image), "--artifact-type", Chart, "chart.txt:text/plain");
    }
}
