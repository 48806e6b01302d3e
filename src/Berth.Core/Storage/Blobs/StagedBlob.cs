using System.Security.Cryptography;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// An upload being received: hashed, sealed and stored in one pass. For one caller at a time. When a write fails, the
/// upload goes on from its last state by <see cref="SealedBlobs.TakeOverAsync"/>. Disposing it gives back memory and
/// files held open; the staged object stays until it is discarded.
/// </summary>
public sealed class StagedBlob : IAsyncDisposable
{
    private readonly IBlobStore store;
    private readonly DataKeys keys;
    private readonly StagedKey key;
    private readonly SegmentWriter writer;
    private readonly IncrementalHash hash;
    private byte[]? wrappedKey;

    internal StagedBlob(IBlobStore store, DataKeys keys, StagedKey key, SegmentWriter writer, IncrementalHash hash)
    {
        this.store = store;
        this.keys = keys;
        this.key = key;
        this.writer = writer;
        this.hash = hash;
    }

    /// <summary>The object's id.</summary>
    public Guid Id => key.Id;

    /// <summary>Plain bytes received.</summary>
    public long Length => writer.Length;

    /// <summary>Receives content. Memory in use is bounded; a full disk is the fault <see cref="StorageFull"/>.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> plain, CancellationToken cancel)
    {
        await writer.WriteAsync(plain, cancel);
        hash.AppendData(plain.Span);
    }

    /// <summary>
    /// Makes what was received durable, but for the returned state, which the caller stores: with it, what was received is
    /// safe. The upload may go on here; until it does, it holds neither buffers nor open files.
    /// </summary>
    public async ValueTask<StagedState> PersistAsync(CancellationToken cancel)
    {
        var tail = await writer.SuspendAsync(cancel);
        return new(Id, wrappedKey ??= keys.Wrap(key), Length, tail);
    }

    /// <summary>The digest of what was received, by the algorithm chosen at the start.</summary>
    public Digest ComputeDigest()
    {
        Span<byte> digest = stackalloc byte[hash.HashLengthInBytes];
        hash.GetCurrentHash(digest);
        return Digest.OfHash(digest);
    }

    /// <summary>The digest of what was received by either algorithm; all is read again when it is not the chosen one.</summary>
    public async ValueTask<Digest> DigestByAsync(bool sha512, CancellationToken cancel)
    {
        var algorithm = AlgorithmFor(sha512);
        if (hash.AlgorithmName == algorithm)
        {
            return ComputeDigest();
        }

        using var other = IncrementalHash.CreateHash(algorithm);
        await writer.ReadBackAsync(other, cancel);
        return Digest.OfHash(other.GetHashAndReset());
    }

    /// <summary>
    /// Ends the upload: it becomes the blob of a digest, which the caller has compared with the content's. The blob is
    /// durable when this returns.
    /// </summary>
    public async ValueTask<StoredBlob> CommitAsync(Digest digest, CancellationToken cancel)
    {
        var blob = new BlobKey(key.Scope, digest, Id);
        await writer.FinishAsync(cancel);
        await store.CommitAsync(blob, cancel);
        return keys.Wrap(blob, Length, key.DataKey);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await writer.DisposeAsync();
    }

    internal static HashAlgorithmName AlgorithmFor(bool sha512) => sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
}
