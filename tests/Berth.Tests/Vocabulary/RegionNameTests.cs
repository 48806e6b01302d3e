using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

public sealed class RegionNameTests
{
    [Theory]
    [InlineData("us-east-1", "aws")]
    [InlineData("ap-southeast-5", "aws")]
    [InlineData("mx-central-1", "aws")]
    [InlineData("local", "aws")]
    [InlineData("cnx-1", "aws")]
    [InlineData("us-govern-1", "aws")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("cn-northwest-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("us-gov-east-1", "aws-us-gov")]
    [InlineData("us-iso-east-1", "aws-iso")]
    [InlineData("us-isob-east-1", "aws-iso-b")]
    [InlineData("us-isof-south-1", "aws-iso-f")]
    [InlineData("eu-isoe-west-1", "aws-iso-e")]
    [InlineData("eusc-de-east-1", "aws-eusc")]
    public void A_Region_lies_in_its_partition(string text, string partition)
    {
        Assert.Equal(partition, RegionName.Parse(text).Partition);
        Assert.Equal(text, RegionName.Parse(text).ToString());
    }

    [Fact]
    public void The_longest_name_has_40_characters()
    {
        Assert.True(RegionName.TryParse(new('a', 40), out _));
        Assert.False(RegionName.TryParse(new('a', 41), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("US-EAST-1")]
    [InlineData("us_east_1")]
    [InlineData("us.east.1")]
    [InlineData("1-us-east")]
    [InlineData("-us-east-1")]
    [InlineData("us-east-")]
    [InlineData("us--east-1")]
    [InlineData("us-east-1 ")]
    [InlineData("us-east-1\n")]
    [InlineData("us/east")]
    [InlineData("us-öst-1")]
    public void Any_other_text_is_no_Region(string? text)
    {
        Assert.False(RegionName.TryParse(text, out _));
        Assert.Throws<FormatException>(() => RegionName.Parse(text!));
    }

    [Fact]
    public void A_Region_that_was_never_set_is_not_printed() =>
        Assert.Throws<InvalidOperationException>(() => default(RegionName).ToString());
}
