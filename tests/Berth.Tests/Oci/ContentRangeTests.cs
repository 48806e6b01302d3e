using Berth.Server.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Oci;

public sealed class ContentRangeTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("1024-2047", 1024, 2047)]
    [InlineData("bytes 1024-2047/*", 1024, 2047)]
    [InlineData("bytes=1024-2047", 1024, 2047)]
    [InlineData("bytes 0-9/10", 0, 9)]
    public void Both_forms_are_read(string header, long first, long last) =>
        Assert.Equal(new(first, last), ContentRange.Parse(header));

    [Theory]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("2-1")]
    [InlineData("1-2-3")]
    [InlineData("0x1-2")]
    [InlineData("bytes */10")]
    [InlineData("0-9223372036854775807")]
    [InlineData("0-99999999999999999999")]
    public void Other_text_is_refused(string header) =>
        Assert.IsType<RequestUnreadable>(Assert.Throws<FaultException>(() => ContentRange.Parse(header)).Fault);

    [Fact]
    public void Without_a_header_there_is_no_range() => Assert.Null(ContentRange.Parse(header: null));
}
