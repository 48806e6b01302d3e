using System.Net;
using Berth.Server.Gate;
using Microsoft.Extensions.Primitives;

namespace Berth.Tests.Gate;

public sealed class TrustedProxiesTests
{
    private static readonly TrustedProxies Proxies = new(IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.0.2.1/32"), IPNetwork.Parse("2001:db8::/32"));

    [Theory]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7:4711", "198.51.100.7")]
    [InlineData("2001:db8::1", "[2001:db9::7]:4711", "2001:db9::7")]
    [InlineData("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2 ,192.0.2.1", "198.51.100.7")]
    [InlineData("10.0.0.1", "127.0.0.1, 198.51.100.7, 10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    public void The_last_hop_that_no_believed_proxy_stands_at_is_the_client(string peer, string forwarded, string source) =>
        Assert.Equal(source, SourceOf(Proxies, peer, forwarded));

    [Theory]
    [InlineData("198.51.100.7", "127.0.0.1")]
    [InlineData("192.0.2.2", "10.0.0.1")]
    [InlineData("::ffff:198.51.100.7", "127.0.0.1")]
    public void Nobody_else_is_believed(string peer, string forwarded) =>
        Assert.Equal(IPAddress.Parse(peer).MapToIPv4().ToString(), SourceOf(Proxies, peer, forwarded));

    [Fact]
    public void By_default_nobody_is_believed() => Assert.Equal("127.0.0.1", SourceOf(new(), "127.0.0.1", "198.51.100.7"));

    [Fact]
    public void Lines_of_the_header_are_one_list() => Assert.Equal(
        "198.51.100.7", Proxies.SourceOf(IPAddress.Parse("10.0.0.1"), new StringValues(["127.0.0.1", "198.51.100.7, 10.0.0.2"]))?.ToString());

    private static string? SourceOf(TrustedProxies proxies, string peer, string forwarded) =>
        proxies.SourceOf(IPAddress.Parse(peer), forwarded)?.ToString();
}
