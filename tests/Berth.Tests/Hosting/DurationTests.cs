using Berth.Server.Hosting;

namespace Berth.Tests.Hosting;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", "00:00:00")]
    [InlineData("30s", "00:00:30")]
    [InlineData("10m", "00:10:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("01:02:03", "01:02:03")]
    [InlineData("3650d", "3650.00:00:00")]
    public void A_duration_is_a_number_with_a_unit_or_a_time(string text, string expected)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(expected, duration.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("30")]
    [InlineData("30 s")]
    [InlineData("-30s")]
    [InlineData("-00:00:30")]
    [InlineData("1e9s")]
    [InlineData("NaNs")]
    [InlineData("∞d")]
    [InlineData("3651d")]
    [InlineData("99999999999999999999999999d")]
    [InlineData("soon")]
    public void What_is_no_duration_or_longer_than_ten_years_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));
}
