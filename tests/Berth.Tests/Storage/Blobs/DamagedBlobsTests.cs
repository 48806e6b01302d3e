using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

public sealed class DamagedBlobsTests : IDisposable
{
    private const int Header = 16;
    private const int Segment = 65_552;

    private readonly BlobHouse house = new();

    public void Dispose() => house.Dispose();

    public static TheoryData<int> EveryRegion =>
    [
        .. Enumerable.Range(0, Header),
        Header, Header + 65_535, Header + 65_536, Header + Segment - 1,
        Header + Segment, Header + Segment + 99, Header + Segment + 100, Header + Segment + 115,
    ];

    [Theory]
    [MemberData(nameof(EveryRegion))]
    public async Task A_flipped_bit_is_never_served(int position)
    {
        var content = BlobHouse.Content(65_636);
        var blob = await house.StoreAsync(content);
        Alter(blob, file => file[position] ^= 0x10);

        await AssertOnlyGenuineBytesAsync(blob, content);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    public async Task Empty_content_is_proved_too(int position)
    {
        var blob = await house.StoreAsync([]);
        Alter(blob, file => file[position] ^= 1);

        await BlobHouse.AssertDamagedAsync(() => house.ReadAsync(blob));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(Header)]
    [InlineData(Header + Segment)]
    [InlineData(Header + (2 * Segment))]
    [InlineData(Header + (2 * Segment) + 50)]
    public async Task A_cut_off_end_is_noticed_before_the_first_byte(int length)
    {
        var blob = await house.StoreAsync(BlobHouse.Content(131_172));
        Alter(blob, file => file[..length]);

        await AssertNothingServedAsync(blob);
    }

    [Fact]
    public async Task Content_that_was_cut_at_a_segment_is_not_taken_for_shorter_content()
    {
        var blob = await house.StoreAsync(BlobHouse.Content(131_072));
        Alter(blob, file => file[..(Header + Segment)]);

        await BlobHouse.AssertDamagedAsync(() => house.ReadAsync(blob with { Size = 65_536 }));
    }

    [Fact]
    public async Task Something_added_at_the_end_is_noticed()
    {
        var blob = await house.StoreAsync(BlobHouse.Content(100));
        Alter(blob, file => [.. file, 0]);

        await AssertNothingServedAsync(blob);
    }

    [Fact]
    public async Task Segments_in_another_order_are_never_served()
    {
        var content = BlobHouse.Content(3 * 65_536);
        var blob = await house.StoreAsync(content);
        Alter(blob, file =>
        [
            .. file[..Header],
            .. file[(Header + Segment)..(Header + (2 * Segment))],
            .. file[Header..(Header + Segment)],
            .. file[(Header + (2 * Segment))..],
        ]);

        await AssertNothingServedAsync(blob);
    }

    [Fact]
    public async Task A_segment_does_not_pass_for_the_last()
    {
        var content = BlobHouse.Content(3 * 65_536);
        var blob = await house.StoreAsync(content);
        Alter(blob, file => [.. file[..(Header + (2 * Segment))], .. file[(Header + Segment)..(Header + (2 * Segment))]]);

        await AssertOnlyGenuineBytesAsync(blob, content);
    }

    [Fact]
    public async Task Files_that_were_exchanged_are_never_served()
    {
        var one = await house.StoreAsync(BlobHouse.Content(100_000, seed: 1));
        var other = await house.StoreAsync(BlobHouse.Content(100_000, seed: 2));
        File.Copy(house.FileOf(other), house.FileOf(one), overwrite: true);

        await AssertNothingServedAsync(one);
    }

    [Fact]
    public async Task A_wrapped_key_fits_its_own_blob_only()
    {
        var blob = await house.StoreAsync(BlobHouse.Content(1_000));
        var other = await house.StoreAsync(BlobHouse.Content(1_000));

        await AssertNothingServedAsync(blob with { WrappedKey = other.WrappedKey });
        await AssertNothingServedAsync(blob with { Size = 999 });
        await AssertNothingServedAsync(blob with { Key = blob.Key with { Scope = new("customer-1") } });
        await AssertNothingServedAsync(blob with { Key = blob.Key with { Digest = Digest.Sha256Of("other"u8) } });
    }

    [Fact]
    public async Task A_file_cut_while_it_is_read_ends_the_copy_with_a_fault()
    {
        var content = BlobHouse.Content(3_000_000);
        var blob = await house.StoreAsync(content);
        using var served = new CuttingStream(() => Alter(blob, file => file[..1_000_000]));

        await BlobHouse.AssertDamagedAsync(() => house.ReadAsync(blob, 0, blob.Size, served));
        Assert.True(content.AsSpan().StartsWith(served.ToArray()));
    }

    private void Alter(StoredBlob blob, Action<byte[]> change) => Alter(blob, file =>
    {
        change(file);
        return file;
    });

    private void Alter(StoredBlob blob, Func<byte[], byte[]> change)
    {
        var path = house.FileOf(blob);
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    }

    private async Task AssertNothingServedAsync(StoredBlob blob)
    {
        using var served = new MemoryStream();
        await BlobHouse.AssertDamagedAsync(() => house.ReadAsync(blob, 0, blob.Size, served));
        Assert.Empty(served.ToArray());
    }

    // What came before the damage may have been sent; what was sent is what was stored.
    private async Task AssertOnlyGenuineBytesAsync(StoredBlob blob, byte[] content)
    {
        using var served = new MemoryStream();
        await BlobHouse.AssertDamagedAsync(() => house.ReadAsync(blob, 0, blob.Size, served));
        Assert.True(content.AsSpan().StartsWith(served.ToArray()));
    }

    private sealed class CuttingStream(Action cut) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length == 0)
            {
                cut();
            }

            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
