namespace Berth.Storage.Blobs;

/// <summary>What is kept of an upload so that another process can go on with it.</summary>
/// <param name="Id">The staged object, which holds the full segments.</param>
/// <param name="WrappedKey">Its data key, sealed by the keyring for this object and scope.</param>
/// <param name="Length">Plain bytes received.</param>
/// <param name="SealedTail">The plain bytes that fill no segment yet, at most 64 KiB, sealed.</param>
public sealed record StagedState(Guid Id, byte[] WrappedKey, long Length, byte[] SealedTail);

/// <summary>A blob in the store and what it takes to read it.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Size">Bytes of its plain content.</param>
/// <param name="WrappedKey">Its data key, sealed by the keyring for this key and size.</param>
public sealed record StoredBlob(BlobKey Key, long Size, byte[] WrappedKey)
{
    /// <summary>Bytes it takes in the store.</summary>
    public long StoredLength => SealedLayout.SealedLength(Size);
}
