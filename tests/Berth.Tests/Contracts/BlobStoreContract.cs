using System.Text;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Contracts;

/// <summary>What every <see cref="IBlobStore"/> keeps to.</summary>
public abstract class BlobStoreContract
{
    private static readonly KeyScope Scope = new("service-us-east-1");
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the bytes of a layer");

    private readonly Ids ids = new();

    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task A_staged_object_becomes_a_blob_of_its_bytes()
    {
        var key = await StoreAsync(NewKey());

        Assert.Equal(Content, await ReadAllAsync(await Store.OpenAsync(key, default)));
        Assert.Null(await Store.OpenStagedAsync(key.Id, default));
    }

    [Fact]
    public async Task What_is_only_staged_is_no_blob()
    {
        var key = NewKey();
        await StageAsync(key.Id, Content);

        Assert.Null(await Store.OpenAsync(key, default));
        Assert.Equal(Content, await ReadAllAsync(await Store.OpenStagedAsync(key.Id, default)));
    }

    [Fact]
    public async Task A_digest_by_SHA_512_is_as_good()
    {
        var key = await StoreAsync(NewKey() with { Digest = Digest.OfHash(new byte[64]) });

        Assert.Equal(Content, await ReadAllAsync(await Store.OpenAsync(key, default)));
    }

    [Fact]
    public async Task What_was_written_is_read_before_the_object_is_closed()
    {
        var id = ids.NewGuid();
        await using var staged = await Store.StageAsync(id, 0, default);
        await staged.WriteAsync(Content, default);

        Assert.Equal(Content, await ReadAllAsync(await Store.OpenStagedAsync(id, default)));
    }

    [Fact]
    public async Task Writing_goes_on_at_the_length_given_and_cuts_off_the_rest()
    {
        var id = ids.NewGuid();
        await StageAsync(id, Content);
        await using (var staged = await Store.StageAsync(id, 4, default))
        {
            Assert.Equal(4, staged.Length);
            await staged.WriteAsync(Content, default);
            Assert.Equal(4 + Content.Length, staged.Length);
        }

        byte[] expected = [.. Content[..4], .. Content];
        Assert.Equal(expected, await ReadAllAsync(await Store.OpenStagedAsync(id, default)));
    }

    [Fact]
    public async Task Staging_at_length_zero_begins_anew()
    {
        var id = ids.NewGuid();
        await StageAsync(id, Content);
        await StageAsync(id, Content[..3]);

        Assert.Equal(Content[..3], await ReadAllAsync(await Store.OpenStagedAsync(id, default)));
    }

    [Fact]
    public async Task Writing_does_not_go_on_behind_what_the_store_holds()
    {
        var id = ids.NewGuid();
        await StageAsync(id, Content);

        await AssertDamagedAsync(async () => await Store.StageAsync(id, Content.Length + 1, default));
        await AssertDamagedAsync(async () => await Store.StageAsync(ids.NewGuid(), 1, default));
    }

    [Fact]
    public async Task Reading_ends_where_the_object_ends()
    {
        var key = await StoreAsync(NewKey());
        await using var reader = await Store.OpenAsync(key, default);
        var buffer = new byte[8];

        Assert.Equal(Content.Length, reader!.Length);
        Assert.Equal(8, await reader.ReadAsync(buffer, 4, default));
        Assert.Equal(Content[4..12], buffer);
        Assert.Equal(2, await reader.ReadAsync(buffer, Content.Length - 2, default));
        Assert.Equal(0, await reader.ReadAsync(buffer, Content.Length + 100, default));
    }

    [Fact]
    public async Task A_blob_that_was_opened_is_read_to_its_end_though_it_is_deleted()
    {
        var key = await StoreAsync(NewKey());
        var reader = await Store.OpenAsync(key, default);
        await Store.DeleteAsync(key, default);

        Assert.Equal(Content, await ReadAllAsync(reader));
        Assert.Null(await Store.OpenAsync(key, default));
    }

    [Fact]
    public async Task Objects_of_one_digest_live_and_die_each_for_itself()
    {
        var first = await StoreAsync(NewKey());
        var second = await StoreAsync(NewKey());
        await Store.DeleteAsync(first, default);

        Assert.Equal(Content, await ReadAllAsync(await Store.OpenAsync(second, default)));
    }

    [Fact]
    public async Task A_blob_is_found_in_its_own_scope_only()
    {
        var key = await StoreAsync(NewKey());

        Assert.Null(await Store.OpenAsync(key with { Scope = new("customer-1") }, default));
    }

    [Fact]
    public async Task Getting_rid_of_what_is_gone_is_success()
    {
        var key = NewKey();
        await StageAsync(key.Id, Content);
        await Store.DiscardAsync(key.Id, default);
        await Store.DiscardAsync(key.Id, default);
        await Store.DeleteAsync(key, default);

        Assert.Null(await Store.OpenStagedAsync(key.Id, default));
    }

    [Fact]
    public Task Committing_what_was_never_staged_is_a_fault() =>
        AssertDamagedAsync(async () => await Store.CommitAsync(NewKey(), default));

    [Theory]
    [InlineData(StorageClass.Standard)]
    [InlineData(StorageClass.Archive)]
    public async Task A_copy_in_either_class_is_a_blob_of_its_own_and_outlives_the_other(StorageClass target)
    {
        var key = await StoreAsync(NewKey());
        var copy = key with { Id = ids.NewGuid(), Class = target };

        Assert.Equal(Content.Length, await Store.CopyAsync(key, copy, default));
        Assert.Equal(new HashSet<BlobKey?> { key, copy }, [.. (await ListAsync()).Select(found => found.Key)]);
        await Store.DeleteAsync(key, default);

        Assert.Equal(Content, await ReadAllAsync(await Store.OpenAsync(copy, default)));
        Assert.Null(await Store.OpenAsync(key, default));
        Assert.Null(await Store.OpenAsync(copy with { Class = 1 - target }, default));
        await Store.DeleteAsync(copy, default);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task What_is_gone_is_not_copied_and_leaves_nothing()
    {
        var key = NewKey();

        await AssertDamagedAsync(async () => await Store.CopyAsync(key, key with { Id = ids.NewGuid(), Class = StorageClass.Archive }, default));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_copy_that_is_given_up_leaves_nothing()
    {
        var key = await StoreAsync(NewKey());
        var copy = key with { Id = ids.NewGuid(), Class = StorageClass.Archive };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CopyAsync(key, copy, new(canceled: true)));
        Assert.Equal([key.Id], (await ListAsync()).Select(found => found.Id));
    }

    [Fact]
    public async Task The_list_has_what_is_staged_and_what_is_stored()
    {
        var stored = await StoreAsync(NewKey());
        var staged = ids.NewGuid();
        await StageAsync(staged, Content);

        var listed = await Store.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync();
        Assert.Equal(
            new HashSet<StoredObject> { new(stored.Id, stored, Content.Length), new(staged, null, Content.Length) },
            [.. listed]);
    }

    [Fact]
    public async Task The_list_leaves_out_what_was_written_later()
    {
        await StoreAsync(NewKey());

        Assert.Empty(await Store.ListAsync(DateTimeOffset.UnixEpoch, default).ToListAsync());
    }

    private ValueTask<List<StoredObject>> ListAsync() => Store.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync();

    private static async Task AssertDamagedAsync(Func<Task> act) =>
        Assert.IsType<ContentDamaged>((await Assert.ThrowsAsync<FaultException>(act)).Fault);

    private static async Task<byte[]> ReadAllAsync(BlobReader? reader)
    {
        await using (Assert.IsType<BlobReader>(reader, exactMatch: false))
        {
            var bytes = new byte[reader!.Length];
            Assert.Equal(bytes.Length, await reader.ReadAsync(bytes, 0, default));
            return bytes;
        }
    }

    private BlobKey NewKey() => new(Scope, Digest.Sha256Of(Content), ids.NewGuid());

    private async Task<BlobKey> StoreAsync(BlobKey key)
    {
        await StageAsync(key.Id, Content);
        await Store.CommitAsync(key, default);
        return key;
    }

    private async Task StageAsync(Guid id, byte[] content)
    {
        await using var staged = await Store.StageAsync(id, 0, default);
        await staged.WriteAsync(content, default);
        await staged.FlushAsync(default);
    }
}
