using System.Text;
using Berth.Collection;
using Berth.Jobs;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteRecycleBinTests() : RecycleBinContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlRecycleBinTests(PostgreSqlServer server) : RecycleBinContract(new PostgreSqlTestDatabase(server));

public abstract class RecycleBinContract : RegistryContract
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected RecycleBinContract(TestDatabase rows)
        : base(rows) => Retention = new() { Grace = TimeSpan.Zero, RecycleBin = Kept };

    private static Digest Layer => Digest.Sha256Of("layer"u8);

    private RecycledImages Recycled => new(Database);

    private ImageRecovery Recovery => new(Database, Moves, Jobs, AccountQuotas, Time);

    private ImageStorage Storage => new(Database, Jobs, AccountQuotas, Time);

    [Fact]
    public async Task A_deleted_image_is_gone_at_once_and_comes_back_whole()
    {
        var app = await CreateAsync("app");
        var pushedAt = Time.GetUtcNow();
        var image = await PushImageAsync(app, "layer", "v1", "v2");
        Time.Advance(TimeSpan.FromHours(1));
        await DeleteAsync(app, image);
        Assert.Null(await Images.FindAsync(app, image, Cancel));
        Assert.Empty(await Listing.ListTagsAsync(app, after: null, 10, Cancel));
        Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, (await CollectAsync()).Blobs);

        var restored = Assert.Single(await Recovery.RestoreAsync(app, image, tags: null, Cancel));

        Assert.Equal((image, ImageStatus.Active, "v1 v2", ""), (restored.Digest, restored.Status, Joined(restored.Tags), Joined(restored.TagsTaken)));
        Assert.NotNull(await Images.FindAsync(app, image, Cancel));
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(app, Layer));
        var found = Assert.Single(await Listing.DescribeAsync(app, [new(image, Tag: null)], Cancel));
        Assert.Equal((pushedAt, Time.GetUtcNow(), 7L, "v1 v2"), (found.PushedAt, found.ActivatedAt, found.Size, Joined(found.Tags)));
        Time.Advance(Kept * 2);
        await Recycled.ExpireAsync(Time.GetUtcNow(), Cancel);
        Assert.Equal(0, (await CollectAsync()).Blobs);
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(app, Layer));
    }

    [Fact]
    public async Task What_is_too_old_is_given_up_and_its_bytes_freed_but_for_those_that_others_need()
    {
        var app = await CreateAsync("app");
        var (old, young) = (await PushImageAsync(app, "old"), await PushImageAsync(app, "young"));
        await DeleteAsync(app, old);
        Time.Advance(Kept / 2);
        await DeleteAsync(app, young);
        Time.Advance(Kept / 2);

        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(1), await EmptyAsync());
        Assert.Equal(1, (await CollectAsync()).Blobs);
        await FaultOf<ImageNotRecycled>(() => Recovery.RestoreAsync(app, old, tags: null, Cancel));
        Assert.Equal([young], await DigestsAsync(app));

        Retention = Retention with { RecycleBin = TimeSpan.Zero };
        await EmptyAsync();
        Assert.Equal(2, (await CollectAsync()).Blobs);
        Assert.Empty(await StoredAsync());
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task While_it_is_off_nothing_goes_there()
    {
        Retention = new() { Grace = TimeSpan.Zero };
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");

        await DeleteAsync(app, image);

        await FaultOf<ImageNotRecycled>(() => Recovery.RestoreAsync(app, image, tags: null, Cancel));
        Assert.Equal(2, (await CollectAsync()).Blobs);
    }

    [Fact]
    public async Task A_tag_that_was_taken_meanwhile_stays_where_it_is()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1", "v2");
        await DeleteAsync(app, image);
        var other = await PushImageAsync(app, "other", "v2");

        var restored = Assert.Single(await Recovery.RestoreAsync(app, image, tags: null, Cancel));

        Assert.Equal(("v1", "v2"), (Joined(restored.Tags), Joined(restored.TagsTaken)));
        Assert.Equal(other, (await Images.FindAsync(app, Reference.Parse("v2"), Cancel))!.Digest);
        Assert.Equal("v1", Joined(Assert.Single(await Listing.DescribeAsync(app, [new(image, Tag: null)], Cancel)).Tags));
        await DeleteAsync(app, image);
        restored = Assert.Single(await Recovery.RestoreAsync(app, image, [Tag.Parse("old")], Cancel));
        Assert.Equal("old", Joined(restored.Tags));
        await DeleteAsync(app, image);
        await FaultOf<TooManyTags>(() => Recovery.RestoreAsync(app, image, [.. "abcd".Select(tag => Tag.Parse($"{tag}"))], Cancel));
        Assert.Equal([image], await DigestsAsync(app));
    }

    [Fact]
    public async Task An_index_brings_back_the_images_it_lists()
    {
        var app = await CreateAsync("app");
        var (one, two) = (await PushImageAsync(app, "one", "one"), await PushImageAsync(app, "two"));
        var inner = (await PutAsync(app, Index(one, two))).Digest;
        var outer = (await PutAsync(app, Index(inner), "all")).Digest;
        await DeleteAsync(app, outer, inner, one, two);
        await CollectAsync();

        var restored = await Recovery.RestoreAsync(app, outer, tags: null, Cancel);

        Assert.Equal(outer, restored[0].Digest);
        Assert.Equal(4, restored.Count);
        Assert.Equal("all one", Joined(await Listing.ListTagsAsync(app, after: null, 10, Cancel)));
        Assert.Equal("two"u8.ToArray(), await ReadAsync(app, Digest.Sha256Of("two"u8)));
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task An_index_is_not_taken_back_without_an_image_it_had_but_without_one_it_never_had()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer");
        var index = (await PutAsync(app, Index(image))).Digest;
        await DeleteAsync(app, index);
        Retention = Retention with { RecycleBin = TimeSpan.Zero };
        await DeleteAsync(app, image);
        Retention = Retention with { RecycleBin = Kept };
        var absent = await FaultOf<ReferencedImagesNotFound>(() => Recovery.RestoreAsync(app, index, tags: null, Cancel));
        Assert.Equal([image], absent.Digests);

        var push = new ImagePush { Content = Index(Digest.Sha256Of("nowhere"u8)), AcceptsAbsentImages = true };
        var sparse = (await Images.PutAsync(app, push, Cancel)).Digest;
        await DeleteAsync(app, sparse);
        Assert.Single(await Recovery.RestoreAsync(app, sparse, tags: null, Cancel));
    }

    [Fact]
    public async Task A_full_repository_takes_nothing_back_but_what_was_archived()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        var archived = await PushImageAsync(app, "archived", "v2");
        await Storage.UpdateAsync(app, new(archived, Tag: null), StorageClass.Archive, Cancel);
        await DeleteAsync(app, image, archived);
        for (var i = 0; i < Quotas.ImagesPerRepository; i++)
        {
            await PushImageAsync(app, $"other {i}");
        }

        await FaultOf<TooManyImages>(() => Recovery.RestoreAsync(app, image, tags: null, Cancel));
        Assert.Contains(image, await DigestsAsync(app));

        Time.Advance(TimeSpan.FromDays(1));
        var restored = Assert.Single(await Recovery.RestoreAsync(app, archived, tags: null, Cancel));
        Assert.Equal((ImageStatus.Archived, "v2"), (restored.Status, Joined(restored.Tags)));
        var found = Assert.Single(await Listing.DescribeAsync(app, [new(archived, Tag: null)], Cancel));
        Assert.Equal((ImageStatus.Archived, Time.GetUtcNow()), (found.Status, found.ArchivedAt));
        await FaultOf<TooManyImages>(() => PushImageAsync(app, "one more"));
    }

    [Fact]
    public async Task An_archived_image_comes_back_as_one_and_can_be_activated()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        await Storage.UpdateAsync(app, new(image, Tag: null), StorageClass.Archive, Cancel);
        await Moves.ReviewAsync(Cancel);
        await DeleteAsync(app, image);
        Time.Advance(TimeSpan.FromHours(2));
        await Moves.ReviewAsync(Cancel);
        await CollectAsync();

        await Recovery.RestoreAsync(app, image, tags: null, Cancel);

        await FaultOf<ImageArchived>(() => Images.FindAsync(app, image, Cancel));
        await FaultOf<LayerArchived>(() => ReadAsync(app, Layer));
        await Moves.ReviewAsync(Cancel);
        Assert.All(await StoredAsync(), found => Assert.Equal(StorageClass.Archive, found.Key!.Value.Class));
        await Storage.UpdateAsync(app, new(image, Tag: null), StorageClass.Standard, Cancel);
        await new ImageActivation(Database, Moves, (_, _) => Task.CompletedTask, Time).RunAsync(Cancel);
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(app, Layer));
        Assert.NotNull(await Images.FindAsync(app, Reference.Parse("v1"), Cancel));
    }

    [Fact]
    public async Task Layers_that_were_archived_with_another_image_are_at_hand_when_it_is_back()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        await DeleteAsync(app, image);
        var other = (await PutAsync(app, [.. Manifest(Digest.Sha256Of("{}"u8), Layer), (byte)' '])).Digest;
        await Storage.UpdateAsync(app, new(other, Tag: null), StorageClass.Archive, Cancel);
        await Moves.ReviewAsync(Cancel);
        Assert.All(await StoredAsync(), found => Assert.Equal(StorageClass.Archive, found.Key!.Value.Class));
        await DeleteAsync(app, other);
        await CollectAsync();

        await Recovery.RestoreAsync(app, image, tags: null, Cancel);

        Assert.Equal("layer"u8.ToArray(), await ReadAsync(app, Layer));
        Assert.All(await StoredAsync(), found => Assert.Equal(StorageClass.Standard, found.Key!.Value.Class));
    }

    [Fact]
    public async Task A_push_of_the_same_image_takes_it_out_of_the_bin()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        await DeleteAsync(app, image);

        await PushImageAsync(app, "layer", "v2");

        Assert.Empty(await DigestsAsync(app));
        await FaultOf<ImageNotRecycled>(() => Recovery.RestoreAsync(app, image, tags: null, Cancel));
        Time.Advance(Kept * 2);
        await EmptyAsync();
        await CollectAsync();
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(app, Layer));
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task A_client_does_not_take_away_a_layer_that_the_bin_holds()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        await DeleteAsync(app, image);

        await FaultOf<LayerInUse>(() => Layers.DeleteAsync(app, Layer, Cancel));

        await Recycled.ExpireAsync(Time.GetUtcNow(), Cancel);
        await Layers.DeleteAsync(app, Layer, Cancel);
    }

    [Fact]
    public async Task A_repository_takes_its_bin_with_it()
    {
        var app = await CreateAsync("app");
        for (var i = 0; i < 60; i++)
        {
            await DeleteAsync(app, await PushImageAsync(app, $"layer {i}"));
        }

        var key = (await Repositories.GetAsync(app, Cancel)).Key;
        await RepositoryDeletion.DeleteAsync(app, force: false, Cancel);
        await new RepositoryPurge(Database, Blobs, Sessions, Time).RunAsync(key, Cancel);
        await CollectAsync();

        Assert.Empty(await StoredAsync());
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Pages_go_from_the_latest_deleted_to_the_first()
    {
        var app = await CreateAsync("app");
        var deleted = new List<Digest>();
        for (var i = 0; i < 5; i++)
        {
            deleted.Insert(0, await PushImageAsync(app, $"layer {i}", $"v{i}"));
            await DeleteAsync(app, deleted[0]);
            Time.Advance(TimeSpan.FromSeconds(i / 3));
        }

        var (listed, after) = (new List<RecycledImage>(), ((DateTimeOffset, Digest)?)null);
        while (await Recycled.ListAsync(app, after, 2, Cancel) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 2);
            listed.AddRange(page);
            after = (page[^1].DeletedAt, page[^1].Digest);
        }

        Assert.Equal(deleted.ToHashSet(), listed.Select(image => image.Digest).ToHashSet());
        Assert.Equal(deleted.Count, listed.Count);
        Assert.Equal(listed.OrderByDescending(image => image.DeletedAt), listed);
        Assert.Equal((deleted[0], "v4", "API", null), (listed[0].Digest, Joined(listed[0].Tags), listed[0].DeletedBy, listed[0].RulePriority));
    }

    [Fact]
    public async Task What_a_policy_took_comes_back_with_what_is_about_it_and_is_not_taken_again_at_once()
    {
        var app = await CreateAsync("app");
        var image = await PushImageAsync(app, "layer", "v1");
        var signature = (await PutAsync(app, Signature(image))).Digest;
        Time.Advance(TimeSpan.FromDays(3));
        await ExpireOldAsync(app);
        var recycled = await Recycled.ListAsync(app, after: null, 10, Cancel);
        Assert.Equal([("LIFECYCLE", 7), ("LIFECYCLE", 7)], recycled.Select(one => (one.DeletedBy, one.RulePriority)));
        await CollectAsync();

        var restored = await Recovery.RestoreAsync(app, image, tags: null, Cancel);
        await ExpireOldAsync(app);

        Assert.Equal([image, signature], restored.Select(one => one.Digest));
        Assert.NotNull(await Images.FindAsync(app, image, Cancel));
        Assert.NotNull(await Images.FindAsync(app, signature, Cancel));
    }

    private async Task ExpireOldAsync(RepositoryId app)
    {
        var settings = new LifecycleSettings { Recycles = true };
        var policies = new LifecyclePolicies(Database, Jobs, settings, Ids, Time);
        const string rule = """{"rules":[{"rulePriority":7,"selection":{"tagStatus":"any","countType":"sinceImagePushed","countUnit":"days","countNumber":1},"action":{"type":"expire"}}]}""";
        await policies.PutAsync(app, policies.Read(rule), Cancel);
        JobHandler handler = new LifecycleRunHandler(Database, new(Database, settings, (_, _) => Task.CompletedTask, Ids, Time), settings, Time);
        await handler.RunAsync($$"""{"Repository":"{{(await Repositories.GetAsync(app, Cancel)).Key}}"}""", Cancel);
    }

    private async Task DeleteAsync(RepositoryId app, params IReadOnlyList<Digest> images)
    {
        foreach (var outcome in await Deletion.DeleteAsync(app, [.. images.Select(image => new ImageIdentifier(image, Tag: null))], Cancel))
        {
            Assert.Null(outcome.Failure);
        }
    }

    private async Task<DateTimeOffset?> EmptyAsync()
    {
        JobHandler handler = new EmptyRecycleBinHandler(Recycled, Retention, Time);
        return await handler.RunAsync("{}", Cancel);
    }

    private async Task<Freed> CollectAsync()
    {
        var wrong = await Database.ReadAsync(
            rows => rows.QueryAsync<string>(
                """
                SELECT digest FROM layer WHERE held <> EXISTS (
                       SELECT 1 FROM recycled_descriptor d WHERE d.repository_id = layer.repository_id AND d.target = layer.digest AND d.role = 'blob')
                """),
            Cancel);
        Assert.Empty(wrong);
        return await Collector.FreeLayersAsync(Time.GetUtcNow().AddMilliseconds(1), Cancel);
    }

    private async Task<IReadOnlyList<Digest>> DigestsAsync(RepositoryId app) =>
        [.. (await Recycled.ListAsync(app, after: null, 100, Cancel)).Select(image => image.Digest)];

    private async Task AssertEmptyAsync()
    {
        foreach (var table in new[] { "recycled_image", "recycled_descriptor" })
        {
            Assert.Equal(0, await Database.ReadAsync(rows => rows.FindAsync<long>($"SELECT COUNT(*) FROM {table}"), Cancel));
        }
    }

    private static byte[] Signature(Digest subject) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","artifactType":"application/x-signature",
         "config":{"mediaType":"{{MediaType.OciEmpty}}","digest":"{{Digest.Sha256Of("{}"u8)}}","size":2},"layers":[],
         "subject":{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":1} }
        """);

    private static string Joined(IEnumerable<Tag> tags) => string.Join(' ', tags);
}
