using System.Text;
using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Tests.Engines;
using Berth.Tests.Registry;
using Berth.Vocabulary;

namespace Berth.Tests.Collection;

public sealed class SqliteCollectionTests() : CollectionContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlCollectionTests(PostgreSqlServer server) : CollectionContract(new PostgreSqlTestDatabase(server));

public abstract class CollectionContract(TestDatabase rows) : RegistryContract(rows)
{
    private DateTimeOffset GraceEnded => Time.GetUtcNow() - Retention.Grace;

    private void PassGrace() => Time.Advance(Retention.Grace + TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Layers_of_a_deleted_image_go_after_the_grace_period_and_shared_ones_stay()
    {
        var repository = await CreateAsync("app");
        var shared = await PushImageAsync(repository, "shared", "a");
        var image = await PushImageAsync(repository, "own", "b");
        await Deletion.DeleteAsync(repository, [new(image, Tag: null)], Cancel);

        Assert.Equal(0, (await Collector.FreeLayersAsync(GraceEnded, Cancel)).Blobs);
        PassGrace();
        var freed = await Collector.FreeLayersAsync(GraceEnded, Cancel);

        Assert.Equal((1, 3L), (freed.Blobs, freed.Bytes));
        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Null(await Layers.FindAsync(repository, Digest.Sha256Of("own"u8), Cancel));
        Assert.NotNull(await Images.FindAsync(repository, shared, Cancel));
        Assert.Equal("shared"u8.ToArray(), await ReadAsync(repository, Digest.Sha256Of("shared"u8)));
    }

    [Fact]
    public async Task Bytes_stay_while_another_repository_has_them()
    {
        var first = await CreateAsync("first");
        var second = await CreateAsync("second");
        var image = await PushImageAsync(first, "layer", "a");
        await PushImageAsync(second, "layer", "a");
        await Deletion.DeleteAsync(first, [new(image, Tag: null)], Cancel);
        PassGrace();

        await Collector.FreeLayersAsync(GraceEnded, Cancel);

        Assert.Null(await Layers.FindAsync(first, Digest.Sha256Of("layer"u8), Cancel));
        Assert.Equal("layer"u8.ToArray(), await ReadAsync(second, Digest.Sha256Of("layer"u8)));
    }

    [Fact]
    public async Task A_client_told_of_a_layer_finds_it_when_its_manifest_comes()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var layer = await PushLayerAsync(repository, "layer"u8.ToArray());
        Time.Advance(Retention.Grace * 0.9);
        Assert.NotNull(await Layers.FindAsync(repository, config, Cancel));
        Assert.NotNull(await Layers.FindAsync(repository, layer, Cancel));
        Time.Advance(Retention.Grace * 0.9);
        await Collector.FreeLayersAsync(GraceEnded, Cancel);

        await PutAsync(repository, Manifest(config, layer), "v1");
        PassGrace();
        await Collector.FreeLayersAsync(GraceEnded, Cancel);

        Assert.Equal("layer"u8.ToArray(), await ReadAsync(repository, layer));
    }

    [Fact]
    public async Task Pushes_of_a_layer_that_is_collected_at_that_moment_always_end_with_it()
    {
        var repository = await CreateAsync("app");
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        await PutAsync(repository, Manifest(config), "keep");
        for (var round = 0; round < 20; round++)
        {
            var content = Encoding.UTF8.GetBytes($"layer");
            var collecting = Task.Run(() => Collector.FreeLayersAsync(Time.GetUtcNow().AddDays(1), Cancel), Cancel);
            var layer = await PushLayerAsync(repository, content);
            await collecting;

            // Collected again before its manifest came, the layer is pushed again, as a client does that is told so.
            if (await Layers.FindAsync(repository, layer, Cancel) is not null)
            {
                var image = (await PutAsync(repository, Manifest(config, layer), "v1")).Digest;
                Assert.Equal(content, await ReadAsync(repository, layer));
                await Deletion.DeleteAsync(repository, [new(image, Tag: null)], Cancel);
            }
        }

        await Collector.FreeLayersAsync(Time.GetUtcNow().AddDays(1), Cancel);
        Assert.Equal([config], (await StoredAsync()).Select(found => found.Key!.Value.Digest));
    }

    [Fact]
    public async Task A_layer_deleted_by_its_client_is_gone_at_once_and_one_in_use_is_not_deleted()
    {
        var repository = await CreateAsync("app");
        await PushImageAsync(repository, "used", "a");
        var layer = await PushLayerAsync(repository, "loose"u8.ToArray());

        await FaultOf<LayerInUse>(() => Layers.DeleteAsync(repository, Digest.Sha256Of("used"u8), Cancel));
        await Layers.DeleteAsync(repository, layer, Cancel);

        Assert.Null(await Layers.FindAsync(repository, layer, Cancel));
        Assert.Equal(1, (await Collector.FreeLayersAsync(GraceEnded, Cancel)).Blobs);
    }

    [Fact]
    public async Task Uploads_that_were_given_up_end_with_their_bytes()
    {
        var repository = await CreateAsync("app");
        var old = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, old, Part(new byte[100_000]), Cancel);
        Time.Advance(Retention.UploadExpiry + TimeSpan.FromSeconds(1));
        var young = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, young, Part(new byte[100_000]), Cancel);

        Assert.Equal(1, await Collector.ExpireUploadsAsync(Time.GetUtcNow() - Retention.UploadExpiry, Cancel));

        await FaultOf<UploadNotFound>(() => Uploads.GetAsync(repository, old, Cancel));
        Assert.Single(await StoredAsync());
        await Uploads.CompleteAsync(repository, young, [Digest.Sha256Of(new byte[100_000])], last: null, Cancel);
    }

    [Fact]
    public async Task A_deleted_repository_is_taken_apart_and_its_bytes_freed()
    {
        var repository = await CreateAsync("app");
        await PushImageAsync(repository, "one", "a");
        await PushImageAsync(repository, "two");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(new byte[100_000]), Cancel);
        var key = (await Repositories.GetAsync(repository, Cancel)).Key;
        await RepositoryDeletion.DeleteAsync(repository, force: true, Cancel);

        var purge = new RepositoryPurge(Database, Blobs, Sessions, Time);
        await purge.RunAsync(key, Cancel);
        await purge.RunAsync(key, Cancel);
        await Collector.FreeLayersAsync(GraceEnded, Cancel);

        Assert.Empty(await StoredAsync());
        foreach (var table in new[] { "repository", "image", "manifest", "tag", "descriptor", "layer", "blob", "upload", "resource_tag" })
        {
            Assert.Equal(0, await Database.ReadAsync(rows => rows.FindAsync<long>($"SELECT COUNT(*) FROM {table}"), Cancel));
        }
    }

    [Fact]
    public async Task The_sweep_takes_what_no_row_knows_and_nothing_else()
    {
        var repository = await CreateAsync("app");
        await PushImageAsync(repository, "one", "a");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(new byte[100_000]), Cancel);
        var known = (await StoredAsync()).Select(found => found.Id).ToHashSet();
        await using (var committed = await Blobs.StageAsync(KeyScope.Service(Home.Region), sha512: false, Cancel))
        {
            await committed.WriteAsync("stray"u8.ToArray(), Cancel);
            await committed.CommitAsync(Digest.Sha256Of("stray"u8), Cancel);
        }

        await using (var staged = await Blobs.StageAsync(KeyScope.Service(Home.Region), sha512: false, Cancel))
        {
            await staged.WriteAsync(new byte[200_000], Cancel);
            await staged.PersistAsync(Cancel);
        }

        Assert.Equal(2, (await Collector.SweepAsync(DateTimeOffset.MaxValue, Cancel)).Blobs);

        Assert.Equal(known, (await StoredAsync()).Select(found => found.Id).ToHashSet());
        await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(new byte[100_000])], last: null, Cancel);
    }
}
