using System.Security.Cryptography;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Encryption over a store: every object is sealed under a data key of its own, which the keyring wraps. Callers keep the
/// wrapped keys in rows; the store sees sealed bytes only. <c>docs/reference/formats.md</c> has the format.
/// </summary>
public sealed class SealedBlobs(IBlobStore store, Keyring keyring, Ids ids)
{
    private readonly DataKeys keys = new(keyring, ids);

    /// <summary>Begins an upload, hashed by SHA-256 or SHA-512. Nothing is stored before the first byte.</summary>
    public ValueTask<StagedBlob> StageAsync(KeyScope scope, bool sha512, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Stage(scope, sha512));
    }

    /// <summary>
    /// Goes on with an upload that another process began, or that a failed write ended: what the state vouches for is read,
    /// hashed, and sealed anew in another object under another key, as the first writer may still be alive and no data key
    /// may have two. The caller stores the new state and then discards the old object.
    /// </summary>
    public async ValueTask<StagedBlob> TakeOverAsync(KeyScope scope, StagedState state, bool sha512, CancellationToken cancel)
    {
        var key = keys.Unwrap(scope, state);
        var blob = Stage(scope, sha512);
        try
        {
            await CopySegmentsAsync(key, SealedLayout.FollowedSegments(state.Length), blob, cancel);
            await blob.WriteAsync(StagedTail.Open(key, state.Length, state.SealedTail), cancel);
            return blob;
        }
        catch
        {
            await blob.DisposeAsync();
            await store.DiscardAsync(blob.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Cuts off what a staged object holds beyond its state, after a failed write; it would take space for as long as the
    /// upload lasts. Nobody may be writing the object any more.
    /// </summary>
    public async ValueTask TrimAsync(StagedState state, CancellationToken cancel)
    {
        var segments = SealedLayout.FollowedSegments(state.Length);
        if (segments == 0)
        {
            // All there is stands in the state itself.
            await store.DiscardAsync(state.Id, cancel);
            return;
        }

        var staged = await store.StageAsync(state.Id, SealedLayout.OffsetOf(segments), cancel);
        await staged.DisposeAsync();
    }

    /// <summary>
    /// Opens a blob for reading, or null when the store does not hold it. One that is not what was stored is the fault
    /// <see cref="ContentDamaged"/>, here or while it is read.
    /// </summary>
    public async ValueTask<BlobContent?> OpenAsync(StoredBlob blob, CancellationToken cancel)
    {
        var key = keys.Unwrap(blob);
        if (await store.OpenAsync(blob.Key, cancel) is not { } source)
        {
            return null;
        }

        if (!SealedLayout.TryGetPlainLength(source.Length, out var length) || length != blob.Size)
        {
            await source.DisposeAsync();
            throw new ContentDamaged($"the length of object {blob.Key.Id}: {source.Length}").AsException();
        }

        return new(await SegmentReader.OpenAsync(source, key, new(length, IsWhole: true), cancel), length);
    }

    /// <summary>Whether there is another place for archived blobs.</summary>
    public bool HasArchive => store.HasArchive;

    /// <summary>
    /// Makes another object of a blob, durable when this returns: the same sealed bytes, and the same data key wrapped for the
    /// new object. The old one stays. One that is not as long as it was is the fault <see cref="ContentDamaged"/>.
    /// </summary>
    public async ValueTask<StoredBlob> CopyAsync(StoredBlob blob, Guid id, StorageClass to, CancellationToken cancel)
    {
        var copy = keys.Wrap(blob.Key with { Id = id, Class = to }, blob.Size, keys.Unwrap(blob).DataKey);
        if (await store.CopyAsync(blob.Key, copy.Key, cancel) is var length && length != blob.StoredLength)
        {
            await store.DeleteAsync(copy.Key, CancellationToken.None);
            throw new ContentDamaged($"the length of object {blob.Key.Id}: {length}").AsException();
        }

        return copy;
    }

    /// <summary>Deletes an object that was to be a blob's or was it once, wherever it lies and whether it is there or not.</summary>
    public async ValueTask DeleteEverywhereAsync(KeyScope scope, Digest digest, Guid id, CancellationToken cancel)
    {
        await store.DiscardAsync(id, cancel);
        await store.DeleteAsync(new(scope, digest, id), cancel);
        if (HasArchive)
        {
            await store.DeleteAsync(new(scope, digest, id, StorageClass.Archive), cancel);
        }
    }

    /// <summary>Wraps a blob's data key under the keyring's active key, after a rotation; its content is not touched.</summary>
    public StoredBlob Rewrap(StoredBlob blob) => keys.Wrap(blob.Key, blob.Size, keys.Unwrap(blob).DataKey);

    /// <summary>Discards a staged object. Discarding one that is gone is success.</summary>
    public ValueTask DiscardAsync(Guid id, CancellationToken cancel) => store.DiscardAsync(id, cancel);

    /// <summary>Deletes a blob. Deleting one that is gone is success.</summary>
    public ValueTask DeleteAsync(BlobKey key, CancellationToken cancel) => store.DeleteAsync(key, cancel);

    /// <summary>Every staged object and every blob last written before a moment; in no order.</summary>
    public IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel) =>
        store.ListAsync(before, cancel);

    private StagedBlob Stage(KeyScope scope, bool sha512)
    {
        var key = keys.New(scope);
        var hash = IncrementalHash.CreateHash(StagedBlob.AlgorithmFor(sha512));
        return new(store, keys, key, new(store, key, ids), hash);
    }

    private async ValueTask CopySegmentsAsync(StagedKey from, long count, StagedBlob to, CancellationToken cancel)
    {
        if (count == 0)
        {
            return;
        }

        var source = await store.OpenStagedAsync(from.Id, cancel)
            ?? throw new ContentDamaged($"staged object {from.Id} is gone").AsException();
        await using var reader = await SegmentReader.OpenAsync(
            source, from, new(count * SealedLayout.SegmentLength, IsWhole: false), cancel);
        await foreach (var segment in reader.ReadAsync(0, count, cancel))
        {
            await to.WriteAsync(segment, cancel);
        }
    }
}
