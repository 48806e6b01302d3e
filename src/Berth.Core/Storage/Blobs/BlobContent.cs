using System.IO.Pipelines;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>A blob opened for reading, by one caller at a time.</summary>
public sealed class BlobContent : IAsyncDisposable
{
    private readonly SegmentReader segments;

    internal BlobContent(SegmentReader segments, long length)
    {
        this.segments = segments;
        Length = length;
    }

    /// <summary>Bytes of the plain content.</summary>
    public long Length { get; }

    /// <summary>
    /// Copies <paramref name="count"/> bytes from <paramref name="offset"/> on, each only after its segment proved genuine;
    /// at one that does not, the copy ends with the fault <see cref="ContentDamaged"/>. It also ends, early and without a
    /// fault, when nobody reads the pipe any more.
    /// </summary>
    public async ValueTask CopyToAsync(PipeWriter destination, long offset, long count, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - offset);

        // Empty content is proved genuine too, by its one empty segment.
        var first = offset / SealedLayout.SegmentLength;
        var position = first * SealedLayout.SegmentLength;
        var end = count > 0 ? SealedLayout.SegmentCount(offset + count) : first + (Length == 0 ? 1 : 0);
        await foreach (var segment in segments.ReadAsync(first, end, cancel))
        {
            var from = (int)Math.Max(0, offset - position);
            var to = (int)Math.Min(segment.Length, offset + count - position);
            var flushed = await destination.WriteAsync(segment[from..to], cancel);
            if (flushed.IsCompleted)
            {
                return;
            }

            position += segment.Length;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => segments.DisposeAsync();
}
