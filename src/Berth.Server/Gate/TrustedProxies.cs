using System.Net;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Gate;

/// <summary>
/// The reverse proxies whose word counts on who sent a request. Each appends the address that it was called from to
/// <c>X-Forwarded-For</c>, so the list is read from its end, as far as those who wrote it are believed; what a client wrote
/// before that is never read.
/// </summary>
/// <param name="networks">Their addresses; none is believed by default.</param>
internal sealed class TrustedProxies(params IReadOnlyList<IPNetwork> networks)
{
    /// <summary>The header that the proxies write.</summary>
    public const string Header = "X-Forwarded-For";

    /// <summary>The address that no proxy speaks for: the last hop that is not believed.</summary>
    /// <param name="peer">Who holds the connection; null for none that has an address.</param>
    /// <param name="forwarded">What the request says of the hops before.</param>
    public IPAddress? SourceOf(IPAddress? peer, StringValues forwarded)
    {
        var source = Plain(peer);
        if (source is null || !Trusts(source))
        {
            return source;
        }

        string[] hops = [.. forwarded.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))];
        for (var i = hops.Length - 1; i >= 0 && Trusts(source) && Find(hops[i]) is { } hop; i--)
        {
            source = hop;
        }

        return source;
    }

    /// <summary>Whether what this address says of others is believed.</summary>
    public bool Trusts(IPAddress address) => networks.Any(network => network.Contains(address));

    // Some proxies write the port too, and then version 6 in brackets.
    private static IPAddress? Find(string hop) => IPEndPoint.TryParse(hop, out var point) ? Plain(point.Address) : null;

    /// <summary>An address of version 4 as such, also where it came dressed as one of version 6.</summary>
    public static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
