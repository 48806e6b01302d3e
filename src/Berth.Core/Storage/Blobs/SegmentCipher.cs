using System.Security.Cryptography;

namespace Berth.Storage.Blobs;

/// <summary>
/// Seals and opens the segments of one object in place (the STREAM construction: a segment moved, left out or cut off does
/// not open, as its number and whether it is the last are in its nonce). For one thread at a time.
/// </summary>
internal sealed class SegmentCipher(byte[] dataKey, SealedHeader header) : IDisposable
{
    private const int NonceLength = 12;

    private readonly AesGcm cipher = new(dataKey, SealedLayout.TagLength);

    /// <summary>Encrypts the plain bytes at the segment's beginning and puts the tag into the room behind them.</summary>
    public void Seal(long number, bool last, Span<byte> segment)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        header.WriteNonce(nonce, number, last);
        var content = segment[..^SealedLayout.TagLength];
        cipher.Encrypt(nonce, content, content, segment[content.Length..]);
    }

    /// <summary>Decrypts the segment but for its tag; false when it is not what was sealed there, and holds nothing then.</summary>
    public bool TryOpen(long number, bool last, Span<byte> segment)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        header.WriteNonce(nonce, number, last);
        var content = segment[..^SealedLayout.TagLength];
        try
        {
            cipher.Decrypt(nonce, content, segment[content.Length..], content);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            content.Clear();
            return false;
        }
    }

    public void Dispose() => cipher.Dispose();
}
