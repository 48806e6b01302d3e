using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>kill -9 while a lifecycle policy is carried out.</summary>
public sealed class LifecycleCrashTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Repository = "fleet";
    private const int Kept = 100;
    private const int Old = 300;
    private const int AtOnce = 8;
    private const string Policy =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPrefixList":["old"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Random chance = new(Seed: 5);
    private readonly HashSet<string> staying = new(StringComparer.Ordinal);
    private readonly HashSet<string> going = new(StringComparer.Ordinal);
    private PlainClient client = null!;
    private Fleet fleet = null!;
    private string youngest = "";
    private int batches;

    [Fact]
    public async Task Every_image_that_a_policy_takes_goes_once_and_no_other_however_often_its_run_is_killed()
    {
        await fleet.PushLayersAsync();
        staying.UnionWith(await PushAllAsync("keep", Kept));
        await Aws.EcrAsync("put-lifecycle-policy", "--repository-name", Repository, "--lifecycle-policy-text", Policy);

        var struck = 0;
        for (var round = 0; round < CrashRounds.Count; round++)
        {
            if (await IsThroughAsync())
            {
                await PushOldAsync();
                Assert.True(await new Curl(Desk).CallAsync(Server, "berth", "Berth_20261101.RunLifecyclePolicy", $$"""{"repositoryName":"{{Repository}}"}"""));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, 600)), TimeProvider.System);
            await Server.KillAsync();
            struck += RowsAtRest.Count(Server, "SELECT COUNT(*) FROM lifecycle_plan") > 0 ? 1 : 0;
            await Server.StartAsync();
        }

        Assert.True(struck >= CrashRounds.Count / 4, $"only {struck} of {CrashRounds.Count} kills struck a run");
        TestContext.Current.TestOutputHelper?.WriteLine($"{struck} of {CrashRounds.Count} kills struck a run; {going.Count} images went in {batches} runs");
        await UntilThroughAsync();
        await AssertRecordedOnceAsync();
        await AssertPulledAsync();
        Assert.Equal(0, await Server.StopAsync());
        Assert.Equal(staying.Count, RowsAtRest.Count(Server, "SELECT image_count FROM repository"));
        Assert.Equal(staying.Count, RowsAtRest.Count(Server, "SELECT COUNT(*) FROM image"));
        Assert.Equal(0, RowsAtRest.Count(Server, "SELECT COUNT(*) FROM lifecycle_result"));
    }

    private protected override async Task ArriveAsync()
    {
        var password = await Aws.GetPasswordAsync();
        await new Crane(Desk, Server).LoginAsync(password);
        client = new(Server, password);
        fleet = new(client, Repository);
        await Aws.CreateRepositoryAsync(Repository);
    }

    public override ValueTask DisposeAsync()
    {
        client?.Dispose();
        return base.DisposeAsync();
    }

    // The last is pushed alone, so that it is the youngest beyond doubt; what was the youngest before goes now.
    private async Task PushOldAsync()
    {
        batches++;
        going.UnionWith(await PushAllAsync($"old-{batches}", Old));
        if (youngest.Length > 0)
        {
            staying.Remove(youngest);
            going.Add(youngest);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        youngest = await fleet.PushAsync($"old-{batches}-youngest");
        staying.Add(youngest);
    }

    // Every tenth has something about it, which goes and stays with it.
    private async Task<IReadOnlyList<string>> PushAllAsync(string prefix, int count)
    {
        var digests = new List<string>();
        foreach (var numbers in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            digests.AddRange(await Task.WhenAll(numbers.Select(number => fleet.PushAsync($"{prefix}-{number}"))));
            digests.AddRange(await Task.WhenAll(numbers.Where(number => number % 10 == 0).Select(number => fleet.PushAboutAsync($"{prefix}-{number}"))));
        }

        return digests;
    }

    private async Task<bool> IsThroughAsync() =>
        (await client.ListTagsAsync(Repository)).Count(tag => tag.StartsWith("old", StringComparison.Ordinal)) <= 1;

    private async Task UntilThroughAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await IsThroughAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private async Task AssertRecordedOnceAsync()
    {
        var found = await Aws.RunAsync(
            "cloudtrail", "lookup-events", "--lookup-attributes", "AttributeKey=EventName,AttributeValue=PolicyExecutionEvent");
        var details = found.GetProperty("Events").EnumerateArray()
            .Select(what => JsonElement.Parse(what.GetProperty("CloudTrailEvent").GetString()!).GetProperty("serviceEventDetails")).ToList();
        Assert.All(details, what => Assert.Equal(0, what.GetProperty("lifecycleEventFailureDetails").GetArrayLength()));
        var taken = details.SelectMany(what => what.GetProperty("lifecycleEventImageActions").EnumerateArray())
            .Select(action => action.GetProperty("lifecycleEventImage").GetProperty("digest").GetString()!);
        Assert.Equal(going.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    /// <summary>Pulls what stays, by digest; crane checks each blob that it writes against its digest.</summary>
    private async Task AssertPulledAsync()
    {
        var listed = (await Aws.EcrAsync("list-images", "--repository-name", Repository)).GetProperty("imageIds").EnumerateArray()
            .Select(image => image.GetProperty("imageDigest").GetString()!).Distinct(StringComparer.Ordinal);
        Assert.Equal(staying.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        var folder = Desk.Home.Path("pulled");
        await new Crane(Desk, Server).RunAsync(["pull", "--format=oci", .. staying.Select(digest => Named($"{Repository}@{digest}")), folder]);
        var pulled = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json"))).GetProperty("manifests").EnumerateArray()
            .Select(manifest => manifest.GetProperty("digest").GetString()!);
        Assert.Equal(staying.Order(StringComparer.Ordinal), pulled.Order(StringComparer.Ordinal));
    }
}
