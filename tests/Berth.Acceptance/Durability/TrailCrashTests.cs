using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>kill -9 while changes are made and recorded, on both wires.</summary>
public sealed class TrailCrashTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Pushed = "pushed";
    private const string Ecr = "AmazonEC2ContainerRegistry_V20150921";

    private readonly Random chance = new(Seed: 7);

    // What was asked for, by operation, and of that what was answered. Nothing is asked for twice.
    private readonly Dictionary<string, HashSet<string>> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> answered = new(StringComparer.Ordinal);
    private PlainClient client = null!;

    [Fact]
    public async Task Every_change_has_one_record_and_no_record_is_without_its_change_however_often_the_server_is_killed()
    {
        for (var round = 0; round < CrashRounds.Count; round++)
        {
            using var killed = new CancellationTokenSource();
            var clients = new[] { MakeRepositoriesAsync(round, killed.Token), PushImagesAsync(round, killed.Token) };
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(200, 1_500)), TimeProvider.System);
            await killed.CancelAsync();
            await Server.KillAsync();
            await Task.WhenAll(clients);
            await Server.StartAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(
            ", ", asked.Select(of => $"{of.Key}: {of.Value.Count} asked for, {answered[of.Key].Count} answered")));
        Assert.All(answered.Values, of => Assert.True(of.Count > 0, "no change of a kind was made before the server was killed"));
        var repositories = await RepositoriesAsync();
        await AssertRecordedAsync("CreateRepository", "repositoryName", repositories.Union(asked["DeleteRepository"], StringComparer.Ordinal));
        await AssertRecordedAsync("DeleteRepository", "repositoryName", asked["DeleteRepository"].Except(repositories, StringComparer.Ordinal));
        await AssertRecordedAsync("PutImage", "imageTag", await client.ListTagsAsync(Pushed));
        await AssertRecordedAsync("InitiateLayerUpload", "layerDigest", await LayersAsync());
    }

    private protected override async Task ArriveAsync()
    {
        client = new(Server, await Aws.GetPasswordAsync());
        foreach (var operation in new[] { "CreateRepository", "DeleteRepository", "PutImage", "InitiateLayerUpload" })
        {
            asked[operation] = new(StringComparer.Ordinal);
            answered[operation] = new(StringComparer.Ordinal);
        }

        await AskAsync("CreateRepository", Pushed, () => Task.FromResult(true));
        await Aws.CreateRepositoryAsync(Pushed);
    }

    public override ValueTask DisposeAsync()
    {
        client?.Dispose();
        return base.DisposeAsync();
    }

    // Only what is known to be there is deleted, so that what a deletion finds is never in doubt.
    private async Task MakeRepositoriesAsync(int round, CancellationToken killed)
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var name = $"made/{round}-{i}";
            if (await AskAsync("CreateRepository", name, () => CallAsync("CreateRepository", name)) && i % 2 == 0)
            {
                await AskAsync("DeleteRepository", name, () => CallAsync("DeleteRepository", name));
            }
        }
    }

    private async Task PushImagesAsync(int round, CancellationToken killed)
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var (tag, image) = ($"v{round}-{i}", SmallImage.Saying($"image {round} {i}"));
            foreach (var blob in new[] { image.Layer, image.Config })
            {
                await AskAsync("InitiateLayerUpload", SmallImage.DigestOf(blob), () => client.PushBlobAsync(Pushed, blob));
            }

            await AskAsync("PutImage", tag, () => client.PushManifestAsync(Pushed, tag, image.Manifest));
        }
    }

    private async Task<bool> AskAsync(string operation, string what, Func<Task<bool>> ask)
    {
        asked[operation].Add(what);
        var isDone = await ask();
        if (isDone)
        {
            answered[operation].Add(what);
        }

        return isDone;
    }

    private Task<bool> CallAsync(string operation, string repository) =>
        new Curl(Desk).CallAsync(Server, "ecr", $"{Ecr}.{operation}", $$"""{"repositoryName":"{{repository}}"}""");

    private async Task<IReadOnlyList<string>> RepositoriesAsync() =>
        [.. (await Aws.EcrAsync("describe-repositories")).GetProperty("repositories").EnumerateArray().Select(of => of.GetProperty("repositoryName").GetString()!)];

    private async Task<IReadOnlyList<string>> LayersAsync()
    {
        var there = new List<string>();
        foreach (var digest in asked["InitiateLayerUpload"])
        {
            if (await client.HasBlobAsync(Pushed, digest))
            {
                there.Add(digest);
            }
        }

        return there;
    }

    /// <summary>What was done, acknowledged or not, is what is recorded as done; and what was acknowledged was done.</summary>
    private async Task AssertRecordedAsync(string operation, string parameter, IEnumerable<string> done)
    {
        var found = await Aws.RunAsync("cloudtrail", "lookup-events", "--lookup-attributes", $"AttributeKey=EventName,AttributeValue={operation}");
        var recorded = found.GetProperty("Events").EnumerateArray()
            .Select(what => JsonElement.Parse(what.GetProperty("CloudTrailEvent").GetString()!))
            .Where(record => !record.TryGetProperty("errorCode", out _))
            .Select(record => record.GetProperty("requestParameters").GetProperty(parameter).GetString()!);
        var changes = done.ToList();
        Assert.Equal(changes.Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
        Assert.Empty(answered[operation].Except(changes, StringComparer.Ordinal));
    }
}
