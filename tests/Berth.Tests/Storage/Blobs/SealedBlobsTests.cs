using System.Security.Cryptography;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Storage.Blobs;

public sealed class SealedBlobsTests : IDisposable
{
    private readonly BlobHouse house = new();

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(15 * 65_536)]
    [InlineData((15 * 65_536) + 1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_000)]
    public async Task What_was_stored_is_read(int length)
    {
        var content = BlobHouse.Content(length);
        var blob = await house.StoreAsync(content);

        Assert.Equal(length, blob.Size);
        Assert.Equal(Digest.Sha256Of(content), blob.Key.Digest);
        Assert.Equal(content, await house.ReadAsync(blob));
        Assert.Equal(blob.StoredLength, new FileInfo(house.FileOf(blob)).Length);
    }

    [Fact]
    public void Content_that_comes_in_pieces_of_any_length_is_read_as_one()
    {
        var pieces = Gen.Choose(0, 150_000).ListOf().Where(lengths => lengths.Count <= 20).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(pieces, lengths => StoreInPiecesAsync(lengths).Result));

        async Task<bool> StoreInPiecesAsync(IEnumerable<int> lengths)
        {
            await using var staged = await house.StageAsync();
            var whole = new List<byte>();
            foreach (var piece in lengths.Select((length, i) => BlobHouse.Content(length, i)))
            {
                await staged.WriteAsync(piece, default);
                whole.AddRange(piece);
            }

            var blob = await staged.CommitAsync(staged.ComputeDigest(), default);
            return blob.Key.Digest == Digest.Sha256Of([.. whole]) && (await house.ReadAsync(blob)).SequenceEqual(whole);
        }
    }

    [Fact]
    public async Task Any_range_is_read_without_the_rest()
    {
        var content = BlobHouse.Content(1_000_000);
        var blob = await house.StoreAsync(content);
        var ranges = Gen.Choose(0, content.Length).SelectMany(end => Gen.Choose(0, end), (end, start) => (start, end)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ranges, range =>
            content.AsSpan(range.start..range.end)
                .SequenceEqual(house.ReadAsync(blob, range.start, range.end - range.start).Result)));
    }

    [Theory]
    [InlineData(0, 65_537)]
    [InlineData(65_536, 1)]
    [InlineData(65_535, 2)]
    [InlineData(0, 65_536)]
    [InlineData(65_537, 0)]
    public async Task Ranges_at_the_edges_of_segments_are_read(int offset, int count)
    {
        var content = BlobHouse.Content(65_537);
        var blob = await house.StoreAsync(content);

        Assert.Equal(content[offset..(offset + count)], await house.ReadAsync(blob, offset, count));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(101, 0)]
    [InlineData(1, long.MaxValue)]
    public async Task A_range_beyond_the_content_is_refused(long offset, long count)
    {
        var blob = await house.StoreAsync(BlobHouse.Content(100));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => house.ReadAsync(blob, offset, count));
    }

    [Fact]
    public async Task The_store_sees_nothing_of_the_content()
    {
        var content = new byte[300_000];
        var first = await File.ReadAllBytesAsync(house.FileOf(await house.StoreAsync(content)));
        var second = await File.ReadAllBytesAsync(house.FileOf(await house.StoreAsync(content)));

        Assert.Equal(-1, first.AsSpan(16).IndexOf(new byte[16]));
        Assert.Equal("BRTH\u0001\u0010\0\0\0"u8, first.AsSpan(0, 9));
        Assert.NotEqual(first[16..100], second[16..100]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_digest_is_had_by_either_algorithm_and_the_upload_goes_on(bool sha512)
    {
        var content = BlobHouse.Content(200_000);
        await using var staged = await house.StageAsync(sha512);
        await staged.WriteAsync(content.AsMemory(0, 150_000), default);

        Assert.Equal(Digest.OfHash(SHA256.HashData(content.AsSpan(0, 150_000))), await staged.DigestByAsync(sha512: false, default));
        Assert.Equal(Digest.OfHash(SHA512.HashData(content.AsSpan(0, 150_000))), await staged.DigestByAsync(sha512: true, default));

        await staged.WriteAsync(content.AsMemory(150_000), default);
        var digest = await staged.DigestByAsync(sha512: true, default);
        var blob = await staged.CommitAsync(digest, default);
        Assert.Equal(Digest.OfHash(SHA512.HashData(content)), blob.Key.Digest);
        Assert.Equal(content, await house.ReadAsync(blob));
    }

    [Fact]
    public async Task A_blob_that_was_deleted_is_not_there()
    {
        var blob = await house.StoreAsync(BlobHouse.Content(10));
        await house.Blobs.DeleteAsync(blob.Key, default);

        Assert.Null(await house.Blobs.OpenAsync(blob, default));
    }

    [Fact]
    public async Task After_a_rotation_of_keys_a_blob_is_read_by_its_old_key_and_by_its_new_one()
    {
        var content = BlobHouse.Content(100_000);
        var old = await house.StoreAsync(content);
        house.Keyring.Rotate();
        var restarted = house.Over(house.Files);
        var rewrapped = restarted.Rewrap(old);

        Assert.NotEqual(old.WrappedKey[1..17], rewrapped.WrappedKey[1..17]);
        foreach (var blob in new[] { old, rewrapped })
        {
            await using var opened = await restarted.OpenAsync(blob, default);
            using var bytes = new MemoryStream();
            await opened!.CopyToAsync(System.IO.Pipelines.PipeWriter.Create(bytes), 0, content.Length, default);
            Assert.Equal(content, bytes.ToArray());
        }
    }
}
