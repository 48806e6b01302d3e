using System.Buffers;

namespace Berth.Storage.Blobs;

/// <summary>
/// Bytes that do not change once committed. The store knows neither repositories nor keys: what it holds is sealed
/// above (<see cref="SealedBlobs"/>), and who may read what is decided above that. Every implementation passes the
/// contract suite in <c>Berth.Tests/Contracts</c>.
/// </summary>
public interface IBlobStore
{
    /// <summary>Whether it has another place for blobs of the class <see cref="StorageClass.Archive"/>.</summary>
    bool HasArchive { get; }

    /// <summary>
    /// Opens a staged object for writing at its end. With <paramref name="length"/> 0 it is made, or emptied; otherwise it
    /// must hold at least that much, or it is the fault <see cref="Vocabulary.ContentDamaged"/>, and what lies beyond is
    /// cut off.
    /// </summary>
    ValueTask<StagedObject> StageAsync(Guid id, long length, CancellationToken cancel);

    /// <summary>Opens a staged object for reading from its beginning, or null when there is none.</summary>
    ValueTask<BlobReader?> OpenStagedAsync(Guid id, CancellationToken cancel);

    /// <summary>
    /// Turns the staged object of the key's id into a blob. The object must have been made durable
    /// (<see cref="StagedObject.FlushAsync"/>) and closed; the blob is durable when this returns. An
    /// object that is gone is the fault <see cref="Vocabulary.ContentDamaged"/>.
    /// </summary>
    ValueTask CommitAsync(BlobKey key, CancellationToken cancel);

    /// <summary>
    /// Makes a blob's bytes another blob, of another class or not, and returns how many there are; it is durable then. The one
    /// copied stays. One that is gone is the fault <see cref="Vocabulary.ContentDamaged"/>, a class that the store does not
    /// have <see cref="Vocabulary.StorageUnavailable"/>. An object store copies within itself, naming the class it wants.
    /// </summary>
    ValueTask<long> CopyAsync(BlobKey from, BlobKey to, CancellationToken cancel);

    /// <summary>Discards a staged object. Discarding one that is gone is success.</summary>
    ValueTask DiscardAsync(Guid id, CancellationToken cancel);

    /// <summary>Opens a blob, or null when the store does not hold it.</summary>
    ValueTask<BlobReader?> OpenAsync(BlobKey key, CancellationToken cancel);

    /// <summary>Deletes a blob. Deleting one that is gone is success.</summary>
    ValueTask DeleteAsync(BlobKey key, CancellationToken cancel);

    /// <summary>Every staged object and every blob last written before a moment, for the collector; in no order.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel);
}

/// <summary>An object the store holds: a blob, or with no key a staged one.</summary>
/// <param name="Id">The id it was staged under.</param>
/// <param name="Key">The blob's key; null while it is staged.</param>
/// <param name="Length">Stored bytes.</param>
public readonly record struct StoredObject(Guid Id, BlobKey? Key, long Length);

/// <summary>A staged object being written, from one caller at a time.</summary>
public abstract class StagedObject : IAsyncDisposable
{
    /// <summary>Bytes in the object.</summary>
    public abstract long Length { get; }

    /// <summary>Appends bytes. A full disk is the fault <see cref="Vocabulary.StorageFull"/>.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Returns when all that was written would survive a power cut.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancel);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A stored object being read, at any offset.</summary>
public abstract class BlobReader : IAsyncDisposable
{
    /// <summary>Bytes in the object.</summary>
    public abstract long Length { get; }

    /// <summary>Reads at an offset until the buffer is full or the object ends; returns how much it read.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancel);

    /// <summary>Writes all of it to the end of another object, a megabyte at a time.</summary>
    public async ValueTask CopyToAsync(StagedObject target, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            for (var offset = 0L; await ReadAsync(buffer, offset, cancel) is > 0 and var read; offset += read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
