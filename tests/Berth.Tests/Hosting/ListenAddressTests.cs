using Berth.Server.Hosting;

namespace Berth.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5050", "http://127.0.0.1:5050", true)]
    [InlineData("http://[::1]:5050", "http://[::1]:5050", true)]
    [InlineData("http://localhost:5050", "http://localhost:5050", true)]
    [InlineData("HTTP://LOCALHOST:5050/", "http://localhost:5050", true)]
    [InlineData("https://*:443", "https://[::]:443", false)]
    [InlineData("https://192.0.2.1", "https://192.0.2.1:443", false)]
    public void An_address_is_read_and_known_as_loopback_or_not(string text, string printed, bool isLoopback)
    {
        var address = ListenAddress.Parse(text);

        Assert.Equal((printed, isLoopback), ($"{address}", address.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:5050")]
    [InlineData("ftp://127.0.0.1:5050")]
    [InlineData("http://registry.example:5050")]
    [InlineData("http://127.0.0.1:5050/v2")]
    [InlineData("http://127.0.0.1:5050/?a=b")]
    [InlineData("http://user@127.0.0.1:5050")]
    [InlineData("http://127.0.0.1:99999")]
    public void What_is_no_address_to_listen_on_is_refused(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
