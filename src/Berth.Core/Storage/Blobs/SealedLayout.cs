namespace Berth.Storage.Blobs;

/// <summary>
/// Where what lies in a sealed object: a header, then segments of 64 KiB of plain content, each with its tag behind it.
/// The last segment may be shorter, and is empty only when the content is. <c>docs/reference/formats.md</c> has the format.
/// </summary>
internal static class SealedLayout
{
    /// <summary>Bytes before the first segment.</summary>
    public const int HeaderLength = 16;

    /// <summary>The binary logarithm of <see cref="SegmentLength"/>, as the header has it.</summary>
    public const int SegmentLengthLog2 = 16;

    /// <summary>Plain bytes of every segment but the last.</summary>
    public const int SegmentLength = 1 << SegmentLengthLog2;

    /// <summary>Bytes of AES-GCM's tag.</summary>
    public const int TagLength = 16;

    /// <summary>Stored bytes of every segment but the last.</summary>
    public const int SealedSegmentLength = SegmentLength + TagLength;

    /// <summary>How many segments content has.</summary>
    public static long SegmentCount(long plainLength) => Math.Max(1, (plainLength + SegmentLength - 1) / SegmentLength);

    /// <summary>How many segments are full and followed by more: those of an upload that can be sealed before it ends.</summary>
    public static long FollowedSegments(long plainLength) => SegmentCount(plainLength) - 1;

    /// <summary>Stored bytes of content.</summary>
    public static long SealedLength(long plainLength) => OffsetOf(0) + plainLength + (SegmentCount(plainLength) * TagLength);

    /// <summary>The content's length by its stored bytes; false when no content has that many.</summary>
    public static bool TryGetPlainLength(long sealedLength, out long plainLength)
    {
        var segments = (sealedLength - HeaderLength + SealedSegmentLength - 1) / SealedSegmentLength;
        plainLength = sealedLength - HeaderLength - (segments * TagLength);
        return plainLength >= 0 && SealedLength(plainLength) == sealedLength;
    }

    /// <summary>Where a segment begins in the object.</summary>
    public static long OffsetOf(long segment) => HeaderLength + (segment * SealedSegmentLength);
}
