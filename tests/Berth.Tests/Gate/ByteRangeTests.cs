using Berth.Server.Gate;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Gate;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2-5", 2, 4)]
    [InlineData("bytes=2-", 2, 8)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-100", 0, 10)]
    [InlineData("bytes=9-99999999999999999999", 9, 1)]
    [InlineData("BYTES= 2 - 5 ", 2, 4)]
    public void A_range_is_cut_to_the_content(string header, long first, long length) =>
        Assert.Equal(new ByteRange(first, length), ByteRange.Parse(header, contentLength: 10));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=1")]
    [InlineData("bytes=--1")]
    [InlineData("lines=0-1")]
    public void What_is_no_single_range_means_the_whole(string? header) =>
        Assert.Null(ByteRange.Parse(header, contentLength: 10));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=5-2", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-1", 0)]
    [InlineData("bytes=99999999999999999999-", 10)]
    public void A_range_without_a_byte_of_the_content_cannot_be_satisfied(string header, long contentLength)
    {
        var exception = Assert.Throws<FaultException>(() => ByteRange.Parse(header, contentLength));

        Assert.Equal(new RangeNotSatisfiable(contentLength), exception.Fault);
    }

    [Fact]
    public void Whatever_is_asked_lies_inside_the_content() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(uint First, uint Last, ushort Length)>(),
        asked =>
        {
            try
            {
                return ByteRange.Parse($"bytes={asked.First}-{asked.Last}", asked.Length)
                    is { First: >= 0, Length: > 0 } range && range.Last < asked.Length;
            }
            catch (FaultException)
            {
                return asked.First >= asked.Length || asked.First > asked.Last;
            }
        }));
}
