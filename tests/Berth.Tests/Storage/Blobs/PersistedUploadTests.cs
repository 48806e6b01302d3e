using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

public sealed class PersistedUploadTests : IDisposable
{
    private readonly BlobHouse house = new();

    public static MatrixTheoryData<int, int> Boundaries { get; } = new(
        [0, 1, 65_535, 65_536, 65_537, 131_072, 983_040, 983_041, 1_048_576],
        [0, 1, 65_536, 100_000]);

    public void Dispose() => house.Dispose();

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task An_upload_goes_on_after_it_was_persisted(int received, int more)
    {
        var content = BlobHouse.Content(received + more);
        await using var staged = await house.StageAsync();
        await staged.WriteAsync(content.AsMemory(0, received), default);
        await staged.PersistAsync(default);
        await staged.WriteAsync(content.AsMemory(received), default);

        await AssertBecomesAsync(content, staged);
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task An_upload_is_taken_over_from_its_state(int received, int more)
    {
        var content = BlobHouse.Content(received + more);
        var state = await PersistAsync(content.AsMemory(0, received));

        await using var taken = await house.Over(house.Files).TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        Assert.Equal(received, taken.Length);
        await taken.WriteAsync(content.AsMemory(received), default);
        await AssertBecomesAsync(content, taken);
    }

    [Fact]
    public async Task What_was_written_after_the_last_state_is_no_part_of_what_is_taken_over()
    {
        var content = BlobHouse.Content(400_000);
        await using var staged = await house.StageAsync();
        await staged.WriteAsync(content.AsMemory(0, 200_000), default);
        var state = await staged.PersistAsync(default);
        await staged.WriteAsync(BlobHouse.Content(3_000_000, seed: 2), default);

        await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        await taken.WriteAsync(content.AsMemory(200_000), default);
        await AssertBecomesAsync(content, taken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task What_was_written_after_the_last_state_can_be_cut_off(int received)
    {
        var content = BlobHouse.Content(received + 100_000);
        await using var staged = await house.StageAsync();
        await staged.WriteAsync(content.AsMemory(0, received), default);
        var state = await staged.PersistAsync(default);
        await staged.WriteAsync(BlobHouse.Content(3_000_000, seed: 2), default);
        await staged.DisposeAsync();

        await house.Blobs.TrimAsync(state, default);

        var file = new FileInfo(house.FileOf(state.Id));
        Assert.True(!file.Exists || file.Length <= received + 1_000, "the bytes are still there");
        await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        await taken.WriteAsync(content.AsMemory(received), default);
        await AssertBecomesAsync(content, taken);
    }

    [Fact]
    public async Task An_upload_is_persisted_and_taken_over_again_and_again()
    {
        var content = BlobHouse.Content(700_000);
        var state = await PersistAsync(content.AsMemory(0, 100_000));
        for (var received = 100_000; received < content.Length; received += 100_000)
        {
            await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
            await house.Blobs.DiscardAsync(state.Id, default);
            await taken.WriteAsync(content.AsMemory(received, 50_000), default);
            await taken.PersistAsync(default);
            await taken.WriteAsync(content.AsMemory(received + 50_000, 50_000), default);
            state = await taken.PersistAsync(default);
        }

        await using var last = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        await AssertBecomesAsync(content, last);
    }

    [Fact]
    public async Task Whoever_takes_over_writes_another_object_under_another_key()
    {
        var state = await PersistAsync(BlobHouse.Content(200_000));
        await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        await taken.PersistAsync(default);

        Assert.NotEqual(state.Id, taken.Id);
        Assert.NotEqual(
            (await File.ReadAllBytesAsync(house.FileOf(state.Id)))[16..100],
            (await File.ReadAllBytesAsync(house.FileOf(taken.Id)))[16..100]);
    }

    [Fact]
    public async Task An_upload_by_one_algorithm_is_taken_over_by_the_other()
    {
        var content = BlobHouse.Content(200_000);
        var state = await PersistAsync(content);
        await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: true, default);

        Assert.True(taken.ComputeDigest().IsSha512);
        Assert.Equal(taken.ComputeDigest().SameAlgorithmOf(content), taken.ComputeDigest());
    }

    [Fact]
    public async Task A_state_that_was_altered_is_not_taken_over_and_nothing_stays_behind()
    {
        var state = await PersistAsync(BlobHouse.Content(200_000));
        var other = await PersistAsync(BlobHouse.Content(200_000));

        await AssertRefusedAsync(state with { Length = 200_001 });
        await AssertRefusedAsync(state with { Length = 134_464 });
        await AssertRefusedAsync(state with { SealedTail = other.SealedTail });
        await AssertRefusedAsync(state with { SealedTail = [] });
        await AssertRefusedAsync(state with { WrappedKey = other.WrappedKey });
        await AssertRefusedAsync(state with { Id = other.Id });
        Assert.Equal(2, await house.Files.ListAsync(DateTimeOffset.MaxValue, default).CountAsync());
    }

    [Fact]
    public async Task A_staged_object_that_is_gone_or_damaged_is_not_taken_over()
    {
        var state = await PersistAsync(BlobHouse.Content(200_000));
        var bytes = await File.ReadAllBytesAsync(house.FileOf(state.Id));
        bytes[70_000] ^= 1;
        await File.WriteAllBytesAsync(house.FileOf(state.Id), bytes);
        await AssertRefusedAsync(state);

        await house.Blobs.DiscardAsync(state.Id, default);
        await AssertRefusedAsync(state);
    }

    [Fact]
    public async Task After_a_full_disk_an_upload_goes_on_from_its_last_state()
    {
        var content = BlobHouse.Content(3_000_000);
        var disk = new FailingBlobStore(house.Files);
        var blobs = house.Over(disk);
        await using var staged = await blobs.StageAsync(BlobHouse.Scope, sha512: false, default);
        await staged.WriteAsync(content.AsMemory(0, 100_000), default);
        var state = await staged.PersistAsync(default);

        disk.IsFull = true;
        var thrown = await Assert.ThrowsAsync<FaultException>(async () => await staged.WriteAsync(content.AsMemory(100_000), default));
        Assert.IsType<StorageFull>(thrown.Fault);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await staged.WriteAsync(content, default));

        disk.IsFull = false;
        await using var taken = await blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);
        await taken.WriteAsync(content.AsMemory(100_000), default);
        await AssertBecomesAsync(content, taken);
    }

    [Fact]
    public async Task An_upload_that_has_ended_takes_nothing_more()
    {
        await using var staged = await house.StageAsync();
        await staged.CommitAsync(staged.ComputeDigest(), default);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await staged.WriteAsync(new byte[1], default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await staged.PersistAsync(default));
    }

    [Fact]
    public async Task An_upload_that_never_received_a_byte_has_no_file()
    {
        await using var staged = await house.StageAsync();
        var state = await staged.PersistAsync(default);
        await using var taken = await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default);

        Assert.Empty(await house.Files.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
        await AssertBecomesAsync([], taken);
    }

    private async Task<StagedState> PersistAsync(ReadOnlyMemory<byte> content)
    {
        await using var staged = await house.StageAsync();
        await staged.WriteAsync(content, default);
        return await staged.PersistAsync(default);
    }

    private Task AssertRefusedAsync(StagedState state) => BlobHouse.AssertDamagedAsync(async () =>
        await house.Blobs.TakeOverAsync(BlobHouse.Scope, state, sha512: false, default));

    private async Task AssertBecomesAsync(byte[] content, StagedBlob staged)
    {
        Assert.Equal(Digest.Sha256Of(content), staged.ComputeDigest());
        var blob = await staged.CommitAsync(staged.ComputeDigest(), default);
        Assert.Equal(content, await house.ReadAsync(blob));
    }
}
