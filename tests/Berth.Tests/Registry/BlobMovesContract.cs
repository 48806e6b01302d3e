using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteBlobMovesTests() : BlobMovesContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlBlobMovesTests(PostgreSqlServer server) : BlobMovesContract(new PostgreSqlTestDatabase(server));

public abstract class BlobMovesContract(TestDatabase rows) : RegistryContract(rows)
{
    private static readonly Digest Layer = Digest.Sha256Of("layer"u8);

    private readonly List<ImageActivated> activated = [];

    private ImageStorage Storage => new(Database, Jobs, AccountQuotas, Time);

    [Fact]
    public async Task Bytes_of_an_archived_image_lie_in_the_archive_and_those_of_a_restored_one_at_hand()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");

        await UpdateAsync(repository, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Archive, StorageClass.Archive], await ClassesAsync());
        await FaultOf<ImageArchived>(() => Images.FindAsync(repository, image, Cancel));
        await FaultOf<LayerArchived>(() => ReadAsync(repository, Layer));

        await UpdateAsync(repository, image, StorageClass.Standard);
        await FaultOf<ImageActivating>(() => Images.FindAsync(repository, image, Cancel));
        await Activation(Moves).RunAsync(Cancel);
        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        Assert.NotNull(await Images.FindAsync(repository, image, Cancel));
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(repository, Layer));
        Assert.Equal([new(repository, image)], activated);
    }

    [Fact]
    public async Task Bytes_that_an_active_image_of_another_repository_needs_stay_at_hand()
    {
        var (first, second) = (await CreateAsync("first"), await CreateAsync("second"));
        await UpdateAsync(first, await PushImageAsync(first, "layer"), StorageClass.Archive);
        var other = await PushImageAsync(second, "layer");

        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(second, Layer));
        await FaultOf<LayerArchived>(() => ReadAsync(first, Layer));

        await UpdateAsync(second, other, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Archive, StorageClass.Archive], await ClassesAsync());
    }

    [Fact]
    public async Task A_push_brings_archived_layers_back_before_it_is_acknowledged()
    {
        var (first, second) = (await CreateAsync("first"), await CreateAsync("second"));
        var image = await PushImageAsync(first, "layer", "v1");
        await UpdateAsync(first, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);

        Assert.True(await Layers.MountAsync(second, first.Name, Layer, mustBeReferenced: false, Cancel));
        Assert.True(await Layers.MountAsync(second, first.Name, Digest.Sha256Of("{}"u8), mustBeReferenced: false, Cancel));
        await PutAsync(second, Manifest(Digest.Sha256Of("{}"u8), Layer), "v1");

        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(second, Layer));
        await FaultOf<ImageArchived>(() => Images.FindAsync(first, image, Cancel));
    }

    [Fact]
    public async Task Pushing_an_archived_image_again_restores_it_at_once_and_its_referrers_after_it()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        await UpdateAsync(repository, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);

        // Without the layers: a client is told that they are there.
        await PutAsync(repository, Manifest(Digest.Sha256Of("{}"u8), Layer), "v2");

        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        var found = Assert.Single(await Listing.DescribeAsync(repository, [new(image, Tag: null)], Cancel));
        Assert.Equal((ImageStatus.Active, Time.GetUtcNow()), (found.Status, found.ActivatedAt));
        Assert.Equal("v1 v2", string.Join(' ', await Listing.ListTagsAsync(repository, after: null, 10, Cancel)));
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(repository, Layer));
    }

    [Fact]
    public async Task A_layer_that_is_sent_again_takes_the_place_of_the_archived_one()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        await UpdateAsync(repository, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);

        Assert.False((await Uploads.StoreAsync(repository, Layer, Part("layer"u8.ToArray()), Cancel)).Existed);
        await PushImageAsync(repository, "layer", "v1");
        Time.Advance(TimeSpan.FromHours(2));
        await Moves.ReviewAsync(Cancel);

        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(repository, Layer));
    }

    [Fact]
    public async Task Bytes_fetched_for_a_push_that_never_came_go_back()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        await UpdateAsync(repository, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);
        await Uploads.StoreAsync(repository, Layer, Part("layer"u8.ToArray()), Cancel);

        await Moves.ReviewAsync(Cancel);
        Assert.Contains(await StoredAsync(), found => found.Key is { Class: StorageClass.Standard });
        Time.Advance(TimeSpan.FromHours(2));
        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Archive, StorageClass.Archive], await ClassesAsync());
    }

    [Fact]
    public async Task An_archived_image_that_is_deleted_is_freed_where_it_lies()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        await UpdateAsync(repository, image, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);

        await Deletion.DeleteAsync(repository, [new(image, Tag: null)], Cancel);
        Time.Advance(Retention.Grace + TimeSpan.FromSeconds(1));
        await Collector.FreeLayersAsync(Time.GetUtcNow() - Retention.Grace, Cancel);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task An_index_is_active_when_the_images_it_lists_are()
    {
        var repository = await CreateAsync("app");
        var child = await PushImageAsync(repository, "layer");
        var index = (await PutAsync(repository, Index(child), "v1")).Digest;
        await UpdateAsync(repository, index, StorageClass.Archive);
        await UpdateAsync(repository, child, StorageClass.Archive);
        await Moves.ReviewAsync(Cancel);
        await FaultOf<ReferencedImagesNotFound>(() => PutAsync(repository, [.. Index(child), (byte)' ']));

        await UpdateAsync(repository, index, StorageClass.Standard);
        await Activation(Moves).RunAsync(Cancel);

        Assert.NotNull(await Images.FindAsync(repository, index, Cancel));
        Assert.NotNull(await Images.FindAsync(repository, child, Cancel));
        Assert.Equal([child, index], activated.Select(image => image.Digest));
    }

    [Theory]
    [InlineData(BreakingStore.Copy, true)]
    [InlineData(BreakingStore.Copy, false)]
    [InlineData(BreakingStore.Delete, true)]
    [InlineData(BreakingStore.Delete, false)]
    public async Task A_move_that_ends_in_the_middle_is_made_good(string step, bool before)
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        var keyring = Keyring.LoadOrCreate(Path.Combine(StoreFolder, "keyring"), Ids, Time);
        var store = new BreakingStore(new FileBlobStore(StoreFolder, ArchiveFolder));
        var breaking = new BlobMoves(Database, new(store, keyring, Ids), Ids, Time);

        await UpdateAsync(repository, image, StorageClass.Archive);
        store.BreakAt(step, before);
        await Assert.ThrowsAsync<IOException>(() => breaking.ReviewAsync(Cancel));
        Time.Advance(TimeSpan.FromMinutes(11));
        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Archive, StorageClass.Archive], await ClassesAsync());

        await UpdateAsync(repository, image, StorageClass.Standard);
        store.BreakAt(step, before);
        await Assert.ThrowsAsync<IOException>(() => Activation(breaking).RunAsync(Cancel));
        await Activation(Moves).RunAsync(Cancel);
        Time.Advance(TimeSpan.FromHours(2));
        await Moves.ReviewAsync(Cancel);
        Assert.Equal([StorageClass.Standard, StorageClass.Standard], await ClassesAsync());
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(repository, Layer));
        Assert.Equal([image], activated.Select(one => one.Digest));
    }

    private Task UpdateAsync(RepositoryId repository, Digest image, StorageClass target) =>
        Storage.UpdateAsync(repository, new(image, Tag: null), target, Cancel);

    private ImageActivation Activation(BlobMoves moves) => new(
        Database,
        moves,
        (_, image) =>
        {
            activated.Add(image);
            return Task.CompletedTask;
        },
        Time);

    /// <summary>The class of every object in the store: each blob is there once, and nothing is staged.</summary>
    private async Task<IReadOnlyList<StorageClass>> ClassesAsync()
    {
        var stored = await StoredAsync();
        Assert.DoesNotContain(stored, found => found.Key is null);
        Assert.Equal(stored.Count, stored.DistinctBy(found => found.Key!.Value.Digest).Count());
        return [.. stored.Select(found => found.Key!.Value.Class)];
    }
}
