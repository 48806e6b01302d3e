using System.Buffers.Binary;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>The first 16 bytes of a sealed object. All but the nonce prefix is the same in every object of this version.</summary>
/// <param name="NoncePrefix">56 random bits with which the nonce of every segment begins.</param>
internal readonly record struct SealedHeader(ulong NoncePrefix)
{
    // "BRTH", version 1, the segment length's logarithm; the three reserved zero bytes reach into the second word.
    private const ulong FirstWord = 0x42525448_01_00_00_00UL | ((ulong)SealedLayout.SegmentLengthLog2 << 16);
    private const int PrefixBits = 56;

    /// <summary>The header of a new object.</summary>
    public static SealedHeader New(Ids ids)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ids.Fill(bytes);
        return new(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> (64 - PrefixBits));
    }

    /// <summary>Reads a header; false when it is none, or one of a version that is not known.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SealedHeader header)
    {
        header = new(BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == FirstWord && header.NoncePrefix >> PrefixBits == 0;
    }

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, FirstWord);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], NoncePrefix);
    }

    /// <summary>Writes the nonce of a segment: prefix, counter, and whether it is the last.</summary>
    public void WriteNonce(Span<byte> nonce, long segment, bool last)
    {
        BinaryPrimitives.WriteUInt64BigEndian(nonce, NoncePrefix << (64 - PrefixBits));
        BinaryPrimitives.WriteUInt32BigEndian(nonce[(PrefixBits / 8)..], checked((uint)segment));
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
