using System.Buffers.Binary;
using System.Security.Cryptography;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Seals the end of an upload that fills no segment yet. It goes under a key of its own, derived from the data key, with
/// a random nonce: under the data key itself it would share a nonce with the segment these bytes become part of.
/// </summary>
internal static class StagedTail
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int AssociatedLength = 16 + sizeof(long);

    /// <summary>Bytes by which a sealed tail is longer.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>Seals the tail of an upload of which <paramref name="length"/> bytes have come.</summary>
    public static byte[] Seal(StagedKey key, long length, ReadOnlySpan<byte> plain, Ids ids)
    {
        var tail = new byte[Overhead + plain.Length];
        var nonce = tail.AsSpan(0, NonceLength);
        ids.Fill(nonce);
        using var cipher = CipherOf(key);
        cipher.Encrypt(nonce, plain, tail.AsSpan(NonceLength, plain.Length), tail.AsSpan(^TagLength..), Associated(key.Id, length));
        return tail;
    }

    /// <summary>Opens a tail; one that was altered, or is of another upload or moment, is <see cref="ContentDamaged"/>.</summary>
    public static byte[] Open(StagedKey key, long length, ReadOnlySpan<byte> tail)
    {
        var plain = new byte[length - (SealedLayout.FollowedSegments(length) * SealedLayout.SegmentLength)];
        if (tail.Length != plain.Length + Overhead)
        {
            throw Damaged(key);
        }

        using var cipher = CipherOf(key);
        try
        {
            cipher.Decrypt(tail[..NonceLength], tail[NonceLength..^TagLength], tail[^TagLength..], plain, Associated(key.Id, length));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Damaged(key);
        }
    }

    private static AesGcm CipherOf(StagedKey key) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.DataKey, key.DataKey.Length, info: "berth/tail"u8.ToArray()), TagLength);

    private static byte[] Associated(Guid id, long length)
    {
        var associated = new byte[AssociatedLength];
        id.TryWriteBytes(associated, bigEndian: true, out var idLength);
        BinaryPrimitives.WriteInt64BigEndian(associated.AsSpan(idLength), length);
        return associated;
    }

    private static FaultException Damaged(StagedKey key) => new ContentDamaged($"the tail of staged object {key.Id}").AsException();
}
