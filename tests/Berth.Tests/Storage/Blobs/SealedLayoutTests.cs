using Berth.Storage.Blobs;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Storage.Blobs;

public sealed class SealedLayoutTests
{
    // Around a multiple of the segment length in two cases of three, up to 64 TiB in the third.
    private static readonly Arbitrary<long> Lengths = Gen.OneOf(
        Gen.Choose(0, 300_000).Select(length => (long)length),
        Gen.Choose(-2, 2).SelectMany(_ => Gen.Choose(1, 1 << 20), (off, segments) => (segments * 65_536L) + off),
        Gen.Choose(0, 1 << 30).Select(length => length * 65_521L)).ToArbitrary();

    [Theory]
    [InlineData(0, 16 + 16)]
    [InlineData(1, 16 + 1 + 16)]
    [InlineData(65_535, 16 + 65_535 + 16)]
    [InlineData(65_536, 16 + 65_536 + 16)]
    [InlineData(65_537, 16 + 65_537 + 32)]
    [InlineData(131_072, 16 + 131_072 + 32)]
    public void Sealing_adds_a_header_and_a_tag_for_each_segment(long plain, long expected) =>
        Assert.Equal(expected, SealedLayout.SealedLength(plain));

    [Fact]
    public void The_plain_length_is_found_again() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Lengths, plain =>
        SealedLayout.TryGetPlainLength(SealedLayout.SealedLength(plain), out var found) && found == plain));

    [Fact]
    public void A_length_that_no_content_has_is_refused() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Lengths, plain =>
    {
        for (var between = SealedLayout.SealedLength(plain) + 1; between < SealedLayout.SealedLength(plain + 1); between++)
        {
            if (SealedLayout.TryGetPlainLength(between, out _))
            {
                return false;
            }
        }

        return true;
    }));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(16 + 65_552 + 1)]
    [InlineData(16 + 65_552 + 16)]
    public void A_header_alone_or_an_empty_segment_behind_another_is_no_content(long stored) =>
        Assert.False(SealedLayout.TryGetPlainLength(stored, out _));

    [Fact]
    public void The_last_segment_ends_where_the_object_ends() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Lengths, plain =>
    {
        var last = SealedLayout.SegmentCount(plain) - 1;
        var rest = plain - (last * SealedLayout.SegmentLength);
        return rest is >= 0 and <= SealedLayout.SegmentLength
            && (rest > 0 || plain == 0)
            && SealedLayout.OffsetOf(last) + rest + SealedLayout.TagLength == SealedLayout.SealedLength(plain);
    }));

    [Fact]
    public void One_segment_is_always_kept_back_for_the_end() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Lengths, plain =>
    {
        var followed = SealedLayout.FollowedSegments(plain);
        return plain == 0 ? followed == 0 : plain - (followed * SealedLayout.SegmentLength) is > 0 and <= SealedLayout.SegmentLength;
    }));
}
