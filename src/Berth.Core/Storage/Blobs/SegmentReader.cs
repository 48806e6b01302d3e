using System.Buffers;
using System.Runtime.CompilerServices;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>Reads and opens segments of a sealed object. Anything but what was sealed is <see cref="ContentDamaged"/>.</summary>
/// <param name="source">The object; disposed with this.</param>
/// <param name="cipher">Opens its segments; disposed with this.</param>
/// <param name="id">The object's id, for the fault.</param>
/// <param name="extent">How much content there is to read.</param>
internal sealed class SegmentReader(BlobReader source, SegmentCipher cipher, Guid id, SegmentReader.Extent extent)
    : IAsyncDisposable
{
    // What is read at once is just below 512 KiB, a size of the pool.
    private const int BatchSegments = 7;

    /// <summary>Reads the object's header. The object is disposed when that fails.</summary>
    public static async ValueTask<SegmentReader> OpenAsync(
        BlobReader source, StagedKey key, Extent extent, CancellationToken cancel)
    {
        try
        {
            var bytes = new byte[SealedLayout.HeaderLength];
            var read = await source.ReadAsync(bytes, 0, cancel);
            return read == bytes.Length && SealedHeader.TryRead(bytes, out var header)
                ? new(source, new(key.DataKey, header), key.Id, extent)
                : throw new ContentDamaged($"the header of object {key.Id}").AsException();
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The plain bytes of the segments from <paramref name="first"/> up to but not including <paramref name="end"/>, one
    /// by one. Each is valid until the next is asked for.
    /// </summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        long first, long end, [EnumeratorCancellation] CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SealedBytes(first, Math.Min(first + BatchSegments, end)));
        try
        {
            for (var batch = first; batch < end; batch += BatchSegments)
            {
                var batchEnd = Math.Min(batch + BatchSegments, end);
                var rest = buffer.AsMemory(0, SealedBytes(batch, batchEnd));
                var read = await source.ReadAsync(rest, SealedLayout.OffsetOf(batch), cancel);
                rest = rest[..read];
                for (var number = batch; number < batchEnd; number++)
                {
                    var segment = rest[..Math.Min(rest.Length, SealedBytes(number, number + 1))];
                    Open(number, segment.Span);
                    yield return segment[..^SealedLayout.TagLength];
                    rest = rest[segment.Length..];
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        cipher.Dispose();
        await source.DisposeAsync();
    }

    private void Open(long number, Span<byte> segment)
    {
        if (segment.Length != SealedBytes(number, number + 1) || !cipher.TryOpen(number, extent.EndsWith(number), segment))
        {
            throw new ContentDamaged($"segment {number} of object {id}").AsException();
        }
    }

    private int SealedBytes(long first, long end)
    {
        var plain = Math.Min(end * SealedLayout.SegmentLength, extent.Length) - (first * SealedLayout.SegmentLength);
        return (int)(plain + ((end - first) * SealedLayout.TagLength));
    }

    /// <summary>How much of an object there is to read.</summary>
    /// <param name="Length">Plain bytes.</param>
    /// <param name="IsWhole">Whether that is all the content, so that its last segment must say it is the last.</param>
    internal readonly record struct Extent(long Length, bool IsWhole)
    {
        /// <summary>Whether the content ends with a segment.</summary>
        public bool EndsWith(long segment) => IsWhole && segment == SealedLayout.SegmentCount(Length) - 1;
    }
}
