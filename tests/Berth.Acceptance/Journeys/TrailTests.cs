using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class TrailTests(Server server) : Journey(server), IClassFixture<Server>
{
    private Crane Crane => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync() => await Crane.LoginAsync(await Aws.GetPasswordAsync());

    [Fact]
    public async Task Every_step_of_a_push_is_found_by_the_aws_CLI()
    {
        await Aws.CreateRepositoryAsync("trail/push");
        await Crane.PushAsync(LayOut(SmallImage.Saying("recorded")), Named("trail/push:v1"));

        var steps = await NamesAsync("AttributeKey=ResourceName,AttributeValue=trail/push");
        foreach (var step in new[] { "CreateRepository", "BatchCheckLayerAvailability", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage" })
        {
            Assert.Contains(step, steps, StringComparer.Ordinal);
        }

        Assert.Contains("PutImage", await NamesAsync("AttributeKey=EventName,AttributeValue=PutImage"), StringComparer.Ordinal);
        Assert.DoesNotContain("BatchCheckLayerAvailability", await NamesAsync("AttributeKey=ReadOnly,AttributeValue=false"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_CLI_turns_the_pages_itself()
    {
        foreach (var name in new[] { "trail/a", "trail/b", "trail/c" })
        {
            await Aws.CreateRepositoryAsync(name);
        }

        var found = await Aws.RunAsync(
            "cloudtrail", "lookup-events", "--page-size", "1", "--max-items", "3",
            "--lookup-attributes", "AttributeKey=EventName,AttributeValue=CreateRepository");

        var events = found.GetProperty("Events").EnumerateArray().Select(what => what.GetProperty("EventId").GetString()).ToList();
        Assert.Equal(3, events.Distinct(StringComparer.Ordinal).Count());
    }

    private async Task<List<string>> NamesAsync(string attribute)
    {
        var found = await Aws.RunAsync("cloudtrail", "lookup-events", "--lookup-attributes", attribute);
        return [.. found.GetProperty("Events").EnumerateArray().Select(what => what.GetProperty("EventName").GetString()!)];
    }
}
