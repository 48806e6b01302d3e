using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Berth.Server.Hosting;

/// <summary>Where to listen: <c>http</c> or <c>https</c>, a host and a port.</summary>
/// <param name="IsHttps">Whether TLS is spoken.</param>
/// <param name="Address">The address; null for <c>localhost</c>, which is both loopback addresses.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
internal sealed record ListenAddress(bool IsHttps, IPAddress? Address, int Port)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    public static ListenAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no address to listen on");

    /// <summary>Reads a URL without a path. Names other than <c>localhost</c> are refused: what they resolve to may change.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text.Replace("://*", "://[::]", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.PathAndQuery is not "/"
            || url.UserInfo.Length > 0)
        {
            return false;
        }

        if (string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            address = new(url.Scheme is "https", Address: null, url.Port);
        }
        else if (IPAddress.TryParse(url.Host, out var ip))
        {
            address = new(url.Scheme is "https", ip, url.Port);
        }

        return address is not null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(IsHttps ? "https" : "http")}://{(Address is null ? "localhost" : new IPEndPoint(Address, 0).ToString()[..^2])}:{Port}";
}
