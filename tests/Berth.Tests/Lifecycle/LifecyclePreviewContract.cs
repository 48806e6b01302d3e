using System.Text;
using Berth.Jobs;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Tests.Registry;
using Berth.Vocabulary;
using TagStatus = Berth.Registry.TagStatus;

namespace Berth.Tests.Lifecycle;

public sealed class SqliteLifecyclePreviewTests() : LifecyclePreviewContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlLifecyclePreviewTests(PostgreSqlServer server) : LifecyclePreviewContract(new PostgreSqlTestDatabase(server));

/// <summary>What is kept and recorded of previews, whichever database holds it.</summary>
public abstract class LifecyclePreviewContract(TestDatabase rows) : RegistryContract(rows)
{
    private const string KeepNewest =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private const string Untagged =
        """{"rules":[{"rulePriority":4,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private readonly List<LifecycleRunRecord> records = [];

    // Called as the transaction that completes a preview is about to be committed.
    private Action OnRecord { get; set; } = () => { };

    private LifecyclePolicies Policies => new(Database, Jobs, new(), Ids, Time);

    private LifecyclePreviews Previews => new(Database, Policies, Jobs, Ids, Time);

    [Fact]
    public async Task What_a_preview_finds_is_recorded_ten_images_at_a_time()
    {
        var app = await CreateAsync("app");
        for (var i = 0; i < 26; i++)
        {
            await PushAsync(app, $"image {i}", $"v{i}");
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Previews.StartAsync(app, KeepNewest, Cancel);
        await MakeAsync();

        Assert.Equal([10, 10, 5], records.Select(record => record.Actions.Count));
        var found = await Previews.GetAsync(app, TagStatus.Any, after: null, 100, Cancel);
        Assert.Equal(found.Results.Select(result => result.Digest), records.SelectMany(record => record.Actions).Select(action => action.Image.Digest), StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"v{i}"), records.SelectMany(record => record.Actions).Select(action => Assert.Single(action.Image.Tags)), StringComparer.Ordinal);
        Assert.All(records, record => Assert.Equal((1, null), (record.Policy.Version, record.Policy.EvaluatedAt)));
    }

    [Fact]
    public async Task A_preview_of_the_policy_that_is_set_names_it()
    {
        var app = await CreateAsync("app");
        await PushAsync(app, "old");
        Time.Advance(TimeSpan.FromMinutes(1));
        await PushAsync(app, "young");
        await Policies.PutAsync(app, Policies.Read(Untagged), Cancel);
        await Policies.PutAsync(app, Policies.Read(KeepNewest), Cancel);

        await Previews.StartAsync(app, text: null, Cancel);
        await MakeAsync();

        var policy = await Policies.GetAsync(app, Cancel);
        Assert.Equal((policy.Id, 2, policy.Text), (records[0].Policy.Id, records[0].Policy.Version, records[0].Policy.Text));
    }

    [Fact]
    public async Task What_an_index_would_hold_back_is_recorded_as_a_failure()
    {
        var app = await CreateAsync("app");
        var child = await PushAsync(app, "child");
        var index = (await ImagesOf().PutAsync(app, new() { Content = Index(child), Tags = [Tag.Parse("v1")] }, Cancel)).Digest;
        Time.Advance(TimeSpan.FromMinutes(1));
        await PushAsync(app, "young");

        await Previews.StartAsync(app, Untagged, Cancel);
        await MakeAsync();

        var record = Assert.Single(records);
        var failure = Assert.Single(record.Failures);
        Assert.Empty(record.Actions);
        Assert.Equal(
            (child.ToString(), 4, $"Requested image referenced by manifest list: [{index}]"), (failure.Image.Digest, failure.RulePriority, failure.Reason));
    }

    [Fact]
    public async Task A_preview_that_is_cut_short_before_it_is_complete_is_recorded_once()
    {
        var app = await CreateAsync("app");
        await PushAsync(app, "old");
        Time.Advance(TimeSpan.FromMinutes(1));
        await PushAsync(app, "young");
        await Previews.StartAsync(app, KeepNewest, Cancel);
        OnRecord = () => throw new OperationCanceledException("cut");
        await Assert.ThrowsAsync<OperationCanceledException>(MakeAsync);
        Assert.Equal("IN_PROGRESS", (await Previews.GetAsync(app, TagStatus.Any, after: null, 100, Cancel)).Status);
        OnRecord = () => { };

        await MakeAsync();
        await MakeAsync();

        Assert.Single(records);
    }

    [Fact]
    public async Task A_preview_that_was_complete_when_its_node_died_is_there_for_its_day()
    {
        var app = await CreateAsync("app");
        await PushAsync(app, "old");
        Time.Advance(TimeSpan.FromMinutes(1));
        await PushAsync(app, "young");
        var begun = Time.GetUtcNow();
        await Previews.StartAsync(app, KeepNewest, Cancel);
        await MakeAsync();

        Assert.Equal(begun + TimeSpan.FromHours(24), await MakeAsync());
        Assert.Single((await Previews.GetAsync(app, TagStatus.Any, after: null, 100, Cancel)).Results);

        Time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await MakeAsync());
        Assert.Equal("EXPIRED", (await Previews.GetAsync(app, TagStatus.Any, after: null, 100, Cancel)).Status);
        Assert.Equal(0, await CountAsync("lifecycle_result"));
    }

    [Fact]
    public async Task A_second_preview_waits_for_the_first_and_then_takes_its_place()
    {
        var app = await CreateAsync("app");
        await Previews.StartAsync(app, KeepNewest, Cancel);

        await FaultOf<LifecyclePreviewInProgress>(() => Previews.StartAsync(app, KeepNewest, Cancel));

        await MakeAsync();
        await Previews.StartAsync(app, Untagged, Cancel);
        Assert.Equal(Untagged, (await Previews.GetAsync(app, TagStatus.Any, after: null, 100, Cancel)).Document);
    }

    [Fact]
    public async Task Purging_a_repository_takes_its_plans_and_leaves_those_of_others()
    {
        var (app, other) = (await CreateAsync("app"), await CreateAsync("other"));
        foreach (var repository in new[] { app, other })
        {
            for (var i = 0; i < 3; i++)
            {
                await PushAsync(repository, $"image {i}");
            }

            await Policies.PutAsync(repository, Policies.Read(KeepNewest), Cancel);
            await Previews.StartAsync(repository, KeepNewest, Cancel);
            await MakeAsync();
        }

        var key = (await Repositories.GetAsync(app, Cancel)).Key;
        await RepositoryDeletion.DeleteAsync(app, force: true, Cancel);

        await new RepositoryPurge(Database, Blobs, Sessions, Time).RunAsync(key, Cancel);

        Assert.Equal((1L, 2L, 1L), (await CountAsync("lifecycle_plan"), await CountAsync("lifecycle_result"), await CountAsync("lifecycle_policy")));
        Assert.Equal(2, (await Previews.GetAsync(other, TagStatus.Any, after: null, 100, Cancel)).Results.Count);
    }

    // Does the job of the preview that was started last, as its row says.
    private async Task<DateTimeOffset?> MakeAsync()
    {
        var plan = await Database.ReadAsync(reader => reader.FindAsync<string>("SELECT id FROM lifecycle_plan ORDER BY status DESC, made_at DESC LIMIT 1"), Cancel);
        JobHandler handler = new LifecyclePreviewHandler(Database, new(), RecordAsync, Time);
        return await handler.RunAsync($$"""{"Plan":"{{plan}}"}""", Cancel);
    }

    private Task RecordAsync(Transaction tx, LifecycleRunRecord record)
    {
        OnRecord();
        tx.OnCommitted(() => records.Add(record));
        return Task.CompletedTask;
    }

    private Images ImagesOf() => new(Database, Moves, Jobs, new(Database, Time, new()), Time);

    private async Task<Digest> PushAsync(RepositoryId app, string content, params string[] tags)
    {
        var config = await PushLayerAsync(app, "{}"u8.ToArray());
        var layer = await PushLayerAsync(app, Encoding.UTF8.GetBytes(content));
        return (await ImagesOf().PutAsync(app, new() { Content = Manifest(config, layer), Tags = [.. tags.Select(Tag.Parse)] }, Cancel)).Digest;
    }

    private async Task<long> CountAsync(string table) =>
        await Database.ReadAsync(reader => reader.FindAsync<long?>($"SELECT COUNT(*) FROM {table}"), Cancel) ?? 0;
}
