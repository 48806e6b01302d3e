using System.Buffers;
using System.Security.Cryptography;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Seals content as it comes and writes it to a staged object, many segments at once. Plain bytes are gathered in the place
/// where they are then sealed, behind the segments that wait to be written. A full segment is sealed when more follows, as
/// only then it is known not to be the last.
/// </summary>
internal sealed class SegmentWriter(IBlobStore store, StagedKey key, Ids ids) : IAsyncDisposable
{
    // Just below 1 MiB, a size of the pool.
    private const int BatchLength = SealedLayout.HeaderLength + (15 * SealedLayout.SealedSegmentLength);

    private readonly SealedHeader header = SealedHeader.New(ids);
    private StagedObject? target;
    private SegmentCipher? cipher;
    private byte[]? batch;
    private int ready;
    private int pending;
    private long segments;
    private bool closed;

    /// <summary>Plain bytes received.</summary>
    public long Length { get; private set; }

    /// <summary>Seals and writes content.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> plain, CancellationToken cancel)
    {
        if (plain.IsEmpty)
        {
            return;
        }

        Enter(cancel);
        await ResumeAsync(cancel);
        while (!plain.IsEmpty)
        {
            if (pending == SealedLayout.SegmentLength)
            {
                await SealAsync(last: false, cancel);
            }

            var taken = Math.Min(plain.Length, SealedLayout.SegmentLength - pending);
            plain[..taken].CopyTo(batch.AsMemory(ready + pending));
            pending += taken;
            Length += taken;
            plain = plain[taken..];
        }

        closed = false;
    }

    /// <summary>
    /// Makes the full segments durable, returns the rest sealed, and gives back all memory. The rest is also left behind
    /// the segments, to be taken up from there when more comes.
    /// </summary>
    public async ValueTask<byte[]> SuspendAsync(CancellationToken cancel)
    {
        Enter(cancel);
        if (Length > 0)
        {
            await ResumeAsync(cancel);
            await WriteBatchAsync(cancel);
            await target!.FlushAsync(cancel);
        }

        var tail = StagedTail.Seal(key, Length, batch.AsSpan(0, pending), ids);
        if (target is not null)
        {
            await target.WriteAsync(tail, cancel);
        }

        await ReleaseAsync();
        closed = false;
        return tail;
    }

    /// <summary>Hashes all content received once more.</summary>
    public async ValueTask ReadBackAsync(IncrementalHash hash, CancellationToken cancel)
    {
        Enter(cancel);
        await ResumeAsync(cancel);
        await WriteBatchAsync(cancel);
        await using var reader = await SegmentReader.OpenAsync(
            await OpenStagedAsync(cancel), key, new(segments * SealedLayout.SegmentLength, IsWhole: false), cancel);
        await foreach (var segment in reader.ReadAsync(0, segments, cancel))
        {
            hash.AppendData(segment.Span);
        }

        hash.AppendData(batch.AsSpan(0, pending));
        closed = false;
    }

    /// <summary>Seals the last segment and makes the object durable. Nothing can be written afterwards.</summary>
    public async ValueTask FinishAsync(CancellationToken cancel)
    {
        Enter(cancel);
        await ResumeAsync(cancel);
        await SealAsync(last: true, cancel);
        await WriteBatchAsync(cancel);
        await target!.FlushAsync(cancel);
        await ReleaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        await ReleaseAsync();
    }

    // Closed while at work, and for good once the work failed: what reached the object is not known then, and sealing other
    // content under the same number would use a nonce twice.
    private void Enter(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (closed)
        {
            throw new InvalidOperationException("the upload has ended, or a write to it failed and it must be taken over");
        }

        closed = true;
    }

    private async ValueTask ResumeAsync(CancellationToken cancel)
    {
        if (batch is not null)
        {
            return;
        }

        var tail = Length > 0 ? await ReadTailAsync(cancel) : [];
        target = await store.StageAsync(key.Id, Length > 0 ? SealedLayout.OffsetOf(segments) : 0, cancel);
        cipher = new(key.DataKey, header);
        batch = ArrayPool<byte>.Shared.Rent(BatchLength);
        tail.CopyTo(batch, 0);
        if (Length == 0)
        {
            header.Write(batch);
            ready = SealedLayout.HeaderLength;
        }
    }

    private async ValueTask<byte[]> ReadTailAsync(CancellationToken cancel)
    {
        await using var reader = await OpenStagedAsync(cancel);
        var tail = new byte[pending + StagedTail.Overhead];
        var read = await reader.ReadAsync(tail, SealedLayout.OffsetOf(segments), cancel);
        return StagedTail.Open(key, Length, tail.AsSpan(0, read));
    }

    private async ValueTask<BlobReader> OpenStagedAsync(CancellationToken cancel) =>
        await store.OpenStagedAsync(key.Id, cancel) ?? throw new ContentDamaged($"staged object {key.Id} is gone").AsException();

    private async ValueTask SealAsync(bool last, CancellationToken cancel)
    {
        var length = pending + SealedLayout.TagLength;
        cipher!.Seal(segments, last, batch.AsSpan(ready, length));
        segments++;
        ready += length;
        pending = 0;
        if (ready + SealedLayout.SealedSegmentLength > BatchLength)
        {
            await WriteBatchAsync(cancel);
        }
    }

    private async ValueTask WriteBatchAsync(CancellationToken cancel)
    {
        if (ready > 0)
        {
            await target!.WriteAsync(batch.AsMemory(0, ready), cancel);
            batch.AsSpan(ready, pending).CopyTo(batch);
            ready = 0;
        }
    }

    private async ValueTask ReleaseAsync()
    {
        cipher?.Dispose();
        cipher = null;
        if (batch is not null)
        {
            ArrayPool<byte>.Shared.Return(batch);
            batch = null;
        }

        if (target is not null)
        {
            await target.DisposeAsync();
            target = null;
        }
    }
}
