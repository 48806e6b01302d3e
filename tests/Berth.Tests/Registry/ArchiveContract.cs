using System.Text;
using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteArchiveTests() : ArchiveContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlArchiveTests(PostgreSqlServer server) : ArchiveContract(new PostgreSqlTestDatabase(server));

public abstract class ArchiveContract(TestDatabase rows) : RegistryContract(rows)
{
    [Fact]
    public async Task An_image_goes_into_the_archive_and_comes_back_and_says_when()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        var archivedAt = Time.GetUtcNow();

        Assert.True(await ArchiveAsync(repository, image));
        Assert.Equal((ImageStatus.Archived, archivedAt, null), await StateAsync(repository, image));

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await ActivateAsync(repository, image));
        Assert.Equal((ImageStatus.Activating, archivedAt, null), await StateAsync(repository, image));

        Assert.True(await FinishAsync(repository, image));
        Assert.Equal((ImageStatus.Active, archivedAt, archivedAt.AddMinutes(1)), await StateAsync(repository, image));
    }

    [Fact]
    public async Task What_is_archived_or_on_its_way_back_is_not_archived_again()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer");

        Assert.False(await ActivateAsync(repository, image));
        Assert.False(await FinishAsync(repository, image));
        Assert.True(await ArchiveAsync(repository, image));
        Assert.False(await ArchiveAsync(repository, image));
        Assert.True(await ActivateAsync(repository, image));
        Assert.False(await ArchiveAsync(repository, image));
        Assert.False(await ActivateAsync(repository, image));
        Assert.False(await ArchiveAsync(repository, Digest.Sha256Of("no image"u8)));
    }

    [Fact]
    public async Task What_an_index_lists_is_archived_after_the_index_and_comes_back_with_it()
    {
        var repository = await CreateAsync("app");
        var child = await PushImageAsync(repository, "layer");
        var index = (await PutAsync(repository, Index(child), "v1")).Digest;

        Assert.False(await ArchiveAsync(repository, child));
        Assert.True(await ArchiveAsync(repository, index));
        Assert.Equal(ImageStatus.Active, (await StateAsync(repository, child)).Status);
        Assert.True(await ArchiveAsync(repository, child));

        Assert.True(await ActivateAsync(repository, index));
        Assert.Equal(ImageStatus.Activating, (await StateAsync(repository, child)).Status);
    }

    [Fact]
    public async Task Referrers_go_and_come_with_their_subject()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "layer", "v1");
        var bill = await PushReferrerAsync(repository, image);
        var signature = await PushReferrerAsync(repository, bill);

        Assert.True(await ArchiveAsync(repository, image));
        Assert.Equal(ImageStatus.Archived, (await StateAsync(repository, bill)).Status);
        Assert.Equal(ImageStatus.Archived, (await StateAsync(repository, signature)).Status);

        Assert.True(await ActivateAsync(repository, image));
        Assert.Equal(ImageStatus.Activating, (await StateAsync(repository, signature)).Status);
    }

    [Fact]
    public async Task Archived_images_do_not_count_against_the_quota_of_images()
    {
        var repository = await CreateAsync("app");
        var image = await PushImageAsync(repository, "0");
        for (var i = 1; i < Quotas.ImagesPerRepository; i++)
        {
            await PushImageAsync(repository, $"{i}");
        }

        await ArchiveAsync(repository, image);
        await PushImageAsync(repository, "one more");
        await FaultOf<TooManyImages>(() => PushImageAsync(repository, "too many"));
        await Deletion.DeleteAsync(repository, [new(image, Tag: null)], Cancel);
        await FaultOf<TooManyImages>(() => PushImageAsync(repository, "too many"));
    }

    [Fact]
    public async Task Bytes_are_due_to_move_when_the_last_image_of_any_repository_that_needs_them_is_archived()
    {
        var first = await CreateAsync("first");
        var second = await CreateAsync("second");
        var (one, two) = (await PushImageAsync(first, "layer", "one"), await PushImageAsync(second, "layer", "two"));

        await ArchiveAsync(first, one);
        Assert.Empty(await DueAsync());
        await ArchiveAsync(second, two);
        Assert.Equal(2, (await DueAsync()).Count);
    }

    [Fact]
    public async Task Bytes_are_due_to_move_when_the_last_image_that_needs_them_is_deleted()
    {
        var (first, second) = (await CreateAsync("first"), await CreateAsync("second"));
        var archived = await PushImageAsync(first, "layer", "one");
        var config = await PushLayerAsync(first, "{ }"u8.ToArray());
        var sibling = (await PutAsync(first, Manifest(config, Digest.Sha256Of("layer"u8)))).Digest;
        var other = await PushImageAsync(second, "layer", "two");
        await ArchiveAsync(first, archived);

        await Deletion.DeleteAsync(first, [new(sibling, Tag: null)], Cancel);
        await Deletion.DeleteAsync(second, [new(other, Tag: null)], Cancel);
        Assert.Empty(await DueAsync());
        Time.Advance(Retention.Grace + TimeSpan.FromSeconds(1));
        await Collector.FreeLayersAsync(Time.GetUtcNow() - Retention.Grace, Cancel);

        Assert.Contains(Digest.Sha256Of("layer"u8).ToString(), await DueAsync(), StringComparer.Ordinal);
        Assert.DoesNotContain(config.ToString(), await DueAsync(), StringComparer.Ordinal);
    }

    private Task<bool> ArchiveAsync(RepositoryId repository, Digest image) => Database.WriteAsync(
        async tx => await ImageArchive.ArchiveAsync(tx, (await Repositories.GetAsync(tx, repository)).Key, image.ToString(), Now), Cancel);

    private Task<bool> ActivateAsync(RepositoryId repository, Digest image) => Database.WriteAsync(
        async tx => await ImageArchive.ActivateAsync(tx, (await Repositories.GetAsync(tx, repository)).Key, image.ToString()) is not null, Cancel);

    private Task<bool> FinishAsync(RepositoryId repository, Digest image) => Database.WriteAsync(
        async tx => await ImageArchive.FinishAsync(tx, (await Repositories.GetAsync(tx, repository)).Key, image.ToString(), Now), Cancel);

    private async Task<(ImageStatus Status, DateTimeOffset? ArchivedAt, DateTimeOffset? ActivatedAt)> StateAsync(RepositoryId repository, Digest image)
    {
        var found = Assert.Single(await Listing.DescribeAsync(repository, [new(image, Tag: null)], Cancel));
        return (found.Status, found.ArchivedAt, found.ActivatedAt);
    }

    private Task<IReadOnlyList<string>> DueAsync() => Database.ReadAsync(
        rows => rows.QueryAsync<string>("SELECT digest FROM blob WHERE review_at IS NOT NULL ORDER BY digest"), Cancel);

    private async Task<Digest> PushReferrerAsync(RepositoryId repository, Digest subject)
    {
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var content = Encoding.UTF8.GetString(Manifest(config));
        var pointer = $$"""{"mediaType":"{{MediaType.OciManifest}}","digest":"{{subject}}","size":1}""";
        return (await PutAsync(repository, Encoding.UTF8.GetBytes($$"""{"subject":{{pointer}},{{content.TrimStart()[1..]}}"""))).Digest;
    }

    private long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
