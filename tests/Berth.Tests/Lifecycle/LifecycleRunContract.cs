using System.Globalization;
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

public sealed class SqliteLifecycleRunTests() : LifecycleRunContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlLifecycleRunTests(PostgreSqlServer server) : LifecycleRunContract(new PostgreSqlTestDatabase(server));

public abstract class LifecycleRunContract(TestDatabase rows) : RegistryContract(rows)
{
    private const string KeepNewest = """{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1}""";
    private const string OfUntagged = """{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":1}""";
    private const string Expire = """{"type":"expire"}""";
    private const string Archive = """{"type":"transition","targetStorageClass":"archive"}""";

    private readonly List<LifecycleRunRecord> records = [];

    private LifecycleSettings Settings { get; set; } = new();

    // Called as each transaction of a run is about to be committed.
    private Action OnRecord { get; set; } = () => { };

    private LifecyclePolicies Policies => new(Database, Jobs, Settings, Ids, Time);

    [Fact]
    public async Task A_run_deletes_what_the_policy_takes_and_says_when_it_was()
    {
        var app = await CreateAsync("app");
        var old = await PushAsync(app, "old", "v1");
        Time.Advance(TimeSpan.FromDays(1));
        var young = await PushAsync(app, "young", "v2");
        await SetAsync(app, KeepNewest);

        var again = await RunAsync(app);

        Assert.Equal([young], await DigestsAsync(app));
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(24), again);
        Assert.Equal(Time.GetUtcNow(), (await Policies.GetAsync(app, Cancel)).EvaluatedAt);
        var action = Assert.Single(Assert.Single(records).Actions);
        Assert.Equal((old.ToString(), 1, "v1"), (action.Image.Digest, action.RulePriority, Assert.Single(action.Image.Tags)));
        Assert.Equal(1, await CountAsync(app));
    }

    [Fact]
    public async Task Many_images_are_recorded_ten_at_a_time()
    {
        var app = await CreateAsync("app");
        for (var i = 0; i < 26; i++)
        {
            await PushAsync(app, $"image {i}");
        }

        await SetAsync(app, KeepNewest);

        await RunAsync(app);

        Assert.Equal([10, 10, 5], records.Select(record => record.Actions.Count));
        Assert.Single(await DigestsAsync(app));
    }

    [Fact]
    public async Task A_run_that_is_cut_short_ends_with_what_it_had_decided()
    {
        // The tagged image shields nothing and is the youngest that the second rule counts; once it is gone, that rule alone would keep another.
        var app = await CreateAsync("app");
        for (var i = 0; i < 15; i++)
        {
            await PushAsync(app, $"untagged {i}");
        }

        Time.Advance(TimeSpan.FromDays(2));
        await PushAsync(app, "younger", "v1");
        await SetAsync(app, """{"tagStatus":"tagged","tagPatternList":["v*"],"countType":"sinceImagePushed","countUnit":"days","countNumber":1}""", KeepNewest);
        Time.Advance(TimeSpan.FromDays(2));
        OnRecord = () => throw new InvalidOperationException("cut");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(app));
        Assert.Equal(16, (await DigestsAsync(app)).Count);
        OnRecord = () => OnRecord = () => throw new InvalidOperationException("cut");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(app));
        Assert.Equal(6, (await DigestsAsync(app)).Count);
        OnRecord = () => { };

        await RunAsync(app);

        Assert.Empty(await DigestsAsync(app));
        Assert.Equal(0, await CountAsync(app));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_that_changes_while_a_run_goes_on_is_left_alone(bool isTagged)
    {
        var app = await CreateAsync("app");
        var images = new List<Digest>();
        for (var i = 0; i < 12; i++)
        {
            images.Add(await PushAsync(app, $"image {i}"));
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        await SetAsync(app, KeepNewest);
        OnRecord = () => throw new InvalidOperationException("cut");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(app));
        OnRecord = () => { };
        if (isTagged)
        {
            await PushAsync(app, "image 3", "wanted");
        }
        else
        {
            await Deletion.DeleteAsync(app, [new(images[3], Tag: null)], Cancel);
            await PushAsync(app, "image 3");
        }

        await RunAsync(app);

        Assert.Equal(new[] { images[3], images[11] }.Select(digest => $"{digest}").Order(StringComparer.Ordinal), (await DigestsAsync(app)).Select(digest => $"{digest}"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_replaced_or_deleted_ends_a_run_of_it()
    {
        var app = await CreateAsync("app");
        for (var i = 0; i < 3; i++)
        {
            await PushAsync(app, $"image {i}");
        }

        await SetAsync(app, KeepNewest);
        OnRecord = () => throw new InvalidOperationException("cut");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(app));
        OnRecord = () => { };
        await Policies.DeleteAsync(app, Cancel);

        Assert.Null(await RunAsync(app));

        Assert.Equal(3, (await DigestsAsync(app)).Count);
        Assert.Equal(0, await Database.ReadAsync(reader => reader.FindAsync<int>("SELECT COUNT(*) FROM lifecycle_result"), Cancel));
    }

    [Fact]
    public async Task What_an_index_lists_is_a_failure_until_the_index_is_gone()
    {
        var app = await CreateAsync("app");
        var child = await PushAsync(app, "child");
        var index = (await ImagesOf().PutAsync(app, new() { Content = Index(child), Tags = [Tag.Parse("v1")] }, Cancel)).Digest;
        await SetAsync(app, OfUntagged);
        Time.Advance(TimeSpan.FromDays(2));

        await RunAsync(app);

        var failure = Assert.Single(Assert.Single(records).Failures);
        Assert.Equal(
            (child.ToString(), "ImageReferencedByManifestList", $"Requested image referenced by manifest list: [{index}]"),
            (failure.Image.Digest, failure.Code, failure.Reason));
        await Deletion.DeleteAsync(app, [new(index, Tag: null)], Cancel);
        await RunAsync(app);
        Assert.Empty(await DigestsAsync(app));
    }

    [Fact]
    public async Task As_a_unit_an_index_takes_along_what_it_lists()
    {
        Settings = new() { IndexIsUnit = true };
        var app = await CreateAsync("app");
        var (shared, own, named) = (await PushAsync(app, "shared"), await PushAsync(app, "own"), await PushAsync(app, "named", "keep-me"));
        var images = ImagesOf();
        await images.PutAsync(app, new() { Content = Index(shared, own, named), Tags = [Tag.Parse("v1")] }, Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        var kept = (await images.PutAsync(app, new() { Content = Index(shared), Tags = [Tag.Parse("v2")] }, Cancel)).Digest;
        await SetAsync(app, """{"tagStatus":"tagged","tagPrefixList":["v"],"countType":"imageCountMoreThan","countNumber":1}""");

        await RunAsync(app);

        Assert.Equal(new[] { shared, named, kept }.Select(digest => $"{digest}").Order(StringComparer.Ordinal), (await DigestsAsync(app)).Select(digest => $"{digest}"), StringComparer.Ordinal);
        Assert.Equal(3, await CountAsync(app));
    }

    [Fact]
    public async Task What_is_about_an_image_goes_with_it()
    {
        var app = await CreateAsync("app");
        var image = await PushAsync(app, "image", "v1");
        var signature = (await ImagesOf().PutAsync(app, new() { Content = await SignatureAsync(app, image) }, Cancel)).Digest;
        Time.Advance(TimeSpan.FromDays(1));
        var young = await PushAsync(app, "young", "v2");
        await SetAsync(app, KeepNewest);

        await RunAsync(app);

        Assert.Equal([young], await DigestsAsync(app));
        Assert.Equal([image.ToString(), signature.ToString()], records.SelectMany(record => record.Actions).Select(action => action.Image.Digest), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_transition_archives_an_image_and_what_is_about_it()
    {
        var app = await CreateAsync("app");
        var image = await PushAsync(app, "image", "v1");
        await ImagesOf().PutAsync(app, new() { Content = await SignatureAsync(app, image) }, Cancel);
        Time.Advance(TimeSpan.FromDays(1));
        await PushAsync(app, "young", "v2");
        await Policies.PutAsync(app, Policies.Read(Document(Archive, KeepNewest)), Cancel);

        await RunAsync(app);

        var archived = (await Listing.DescribeAsync(app, TagStatus.Any, status: null, after: null, 10, Cancel)).Where(one => one.Status is ImageStatus.Archived).ToList();
        Assert.Equal(2, archived.Count);
        Assert.All(archived, one => Assert.Equal(Time.GetUtcNow(), one.ArchivedAt));
    }

    [Fact]
    public async Task Setting_a_policy_has_it_run_after_the_delay()
    {
        Settings = new() { Delay = TimeSpan.FromMinutes(5) };
        var app = await CreateAsync("app");

        await SetAsync(app, KeepNewest);
        await SetAsync(app, KeepNewest);

        var due = await Database.ReadAsync(reader => reader.QueryAsync<long>("SELECT due_at FROM job WHERE kind = 'LifecycleRun'"), Cancel);
        Assert.Equal((Time.GetUtcNow() + TimeSpan.FromMinutes(5)).ToUnixTimeMilliseconds(), Assert.Single(due));
        await Policies.RunAsync(app, Cancel);
        due = await Database.ReadAsync(reader => reader.QueryAsync<long>("SELECT due_at FROM job WHERE kind = 'LifecycleRun'"), Cancel);
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(due));
    }

    private async Task<DateTimeOffset?> RunAsync(RepositoryId id)
    {
        var repository = await Repositories.GetAsync(id, Cancel);
        var runner = new LifecycleRunner(Database, Settings, RecordAsync, Ids, Time);
        JobHandler handler = new LifecycleRunHandler(Database, runner, Settings, Time);
        return await handler.RunAsync($$"""{"Repository":"{{repository.Key}}"}""", Cancel);
    }

    private Task RecordAsync(Transaction tx, LifecycleRunRecord record)
    {
        OnRecord();
        tx.OnCommitted(() => records.Add(record));
        return Task.CompletedTask;
    }

    private Task SetAsync(RepositoryId app, params string[] selections) =>
        Policies.PutAsync(app, Policies.Read(Document(Expire, selections)), Cancel);

    private static string Document(string action, params string[] selections) =>
        $$"""{"rules":[{{string.Join(',', selections.Select((selection, i) =>
            $$"""{"rulePriority":{{(i + 1).ToString(CultureInfo.InvariantCulture)}},"selection":{{selection}},"action":{{action}}}"""))}}]}""";

    private Images ImagesOf() => new(Database, Moves, Jobs, new(Database, Time, new()), Time);

    private async Task<Digest> PushAsync(RepositoryId app, string content, params string[] tags)
    {
        var config = await PushLayerAsync(app, "{}"u8.ToArray());
        var layer = await PushLayerAsync(app, Encoding.UTF8.GetBytes(content));
        return (await ImagesOf().PutAsync(app, new() { Content = Manifest(config, layer), Tags = [.. tags.Select(Tag.Parse)], AcceptsRepetition = true }, Cancel)).Digest;
    }

    private async Task<byte[]> SignatureAsync(RepositoryId app, Digest subject)
    {
        var config = await PushLayerAsync(app, "{}"u8.ToArray());
        return Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","artifactType":"application/x-signature",
             "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{config}}","size":2},"layers":[],
             "subject":{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":1} }
            """);
    }

    private async Task<IReadOnlyList<Digest>> DigestsAsync(RepositoryId app) =>
        [.. (await Listing.DescribeAsync(app, TagStatus.Any, status: null, after: null, 100, Cancel)).Select(image => image.Digest)];

    private async Task<int> CountAsync(RepositoryId app)
    {
        var repository = (await Repositories.GetAsync(app, Cancel)).Key;
        return await Database.ReadAsync(reader => reader.FindAsync<int>("SELECT image_count FROM repository WHERE id = @repository", new { repository }), Cancel);
    }
}
