using Berth.Network;

namespace Berth.Tests.Network;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/16", "10.0.0.0/16")]
    [InlineData("10.0.7.9/16", "10.0.0.0/16")]
    [InlineData("255.255.255.255/0", "0.0.0.0/0")]
    [InlineData("192.168.1.77/32", "192.168.1.77/32")]
    public void A_block_is_read_and_what_is_behind_its_prefix_is_cleared(string text, string expected)
    {
        Assert.True(Cidr.TryParse(text, out var cidr));
        Assert.Equal(expected, cidr.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0/16")]
    [InlineData("010.0.0.0/16")]
    [InlineData("10.0.0.256/16")]
    [InlineData("10.0.0.0/16/16")]
    [InlineData("fd00::/16")]
    public void What_is_no_block_is_none(string? text) => Assert.False(Cidr.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.0/24", true)]
    [InlineData("10.0.0.0/16", "10.1.0.0/24", false)]
    [InlineData("10.0.0.0/24", "10.0.0.0/16", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255/32", true)]
    public void A_block_contains_what_is_all_in_it(string outer, string inner, bool expected) =>
        Assert.Equal(expected, Cidr.Parse(outer).Contains(Cidr.Parse(inner)));

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.128/25", true)]
    [InlineData("10.0.0.0/25", "10.0.0.128/25", false)]
    [InlineData("10.0.0.0/8", "10.200.0.0/16", true)]
    public void Blocks_overlap_whichever_is_asked(string one, string other, bool expected)
    {
        Assert.Equal(expected, Cidr.Parse(one).Overlaps(Cidr.Parse(other)));
        Assert.Equal(expected, Cidr.Parse(other).Overlaps(Cidr.Parse(one)));
    }

    [Theory]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.3", false)]
    [InlineData("10.0.0.4", true)]
    [InlineData("10.0.0.14", true)]
    [InlineData("10.0.0.15", false)]
    [InlineData("10.0.0.16", false)]
    public void A_subnet_keeps_its_first_four_addresses_and_its_last(string address, bool expected)
    {
        var subnet = Cidr.Parse("10.0.0.0/28");

        Assert.Equal(11, subnet.Usable);
        Assert.Equal(expected, subnet.CanGive(Cidr.ToNumber(address)!.Value));
    }

    [Theory]
    [InlineData("fd00:0:0::1/64", "fd00::/64")]
    [InlineData("::/0", "::/0")]
    [InlineData("fd00::/129", null)]
    [InlineData("fe80::1%eth0/64", null)]
    [InlineData("10.0.0.0/8", null)]
    public void Blocks_of_the_sixth_version_have_one_form(string text, string? expected) => Assert.Equal(expected, Cidr.NormalizeV6(text));
}
