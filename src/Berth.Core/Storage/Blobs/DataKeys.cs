using System.Text;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>An object's data key. It is used by the one writer that made it, so that no nonce is ever used twice.</summary>
internal sealed record StagedKey(KeyScope Scope, Guid Id, byte[] DataKey);

/// <summary>
/// Makes data keys and wraps them with the keyring. A wrapped key opens only for the object it was wrapped for: rows and
/// files that were exchanged do not fit.
/// </summary>
internal sealed class DataKeys(Keyring keyring, Ids ids)
{
    private const int KeyLength = 32;
    private const string Purpose = "data-key";

    /// <summary>A key for a new object.</summary>
    public StagedKey New(KeyScope scope)
    {
        var key = new byte[KeyLength];
        ids.Fill(key);
        return new(scope, ids.NewGuid(), key);
    }

    /// <summary>Wraps the key of a staged object.</summary>
    public byte[] Wrap(StagedKey key) => keyring.Seal(Purpose, key.DataKey, Staged(key.Scope, key.Id));

    /// <summary>Wraps the key of a blob.</summary>
    public StoredBlob Wrap(BlobKey key, long size, byte[] dataKey) =>
        new(key, size, keyring.Seal(Purpose, dataKey, Stored(key, size)));

    /// <summary>The key of a staged object.</summary>
    public StagedKey Unwrap(KeyScope scope, StagedState state) =>
        new(scope, state.Id, Unwrap(state.WrappedKey, Staged(scope, state.Id), state.Id));

    /// <summary>The key of a blob.</summary>
    public StagedKey Unwrap(StoredBlob blob) =>
        new(blob.Key.Scope, blob.Key.Id, Unwrap(blob.WrappedKey, Stored(blob.Key, blob.Size), blob.Key.Id));

    private static byte[] Staged(KeyScope scope, Guid id) => Encoding.UTF8.GetBytes($"staged\n{scope}\n{id:D}");

    private static byte[] Stored(BlobKey key, long size) =>
        Encoding.UTF8.GetBytes($"stored\n{key.Scope}\n{key.Digest}\n{key.Id:D}\n{size}");

    private byte[] Unwrap(byte[] wrapped, byte[] associated, Guid id) =>
        keyring.TryOpen(Purpose, wrapped, associated, out var key)
            ? key
            : throw new ContentDamaged($"the wrapped key of object {id}").AsException();
}
