using System.Net;
using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>What conditions may read of a request besides who asks for what.</summary>
/// <param name="Source">The client's address.</param>
/// <param name="IsSecure">Whether the client speaks TLS.</param>
/// <param name="UserAgent">As sent; empty for none.</param>
/// <param name="Referer">As sent; null for none.</param>
/// <param name="Region">The Region asked.</param>
/// <param name="Time">When it came in.</param>
internal sealed record Circumstances(
    IPAddress? Source, bool IsSecure, string UserAgent, string? Referer, RegionName Region, DateTimeOffset Time)
{
    /// <summary>
    /// The service that makes the call with the caller's permissions, such as <c>cloudformation.amazonaws.com</c>; null for a call that
    /// the caller makes.
    /// </summary>
    public string? Via { get; init; }

    /// <summary>The VPC endpoint that it came through; null for none.</summary>
    public Door? Door { get; init; }

    /// <summary>How a service asks on behalf of somebody: over no network, so that there is no source address.</summary>
    public static Circumstances OfService(string service, RegionName region, DateTimeOffset time) =>
        new(Source: null, IsSecure: true, service, Referer: null, region, time) { Via = service };

    /// <summary>Takes them from a request.</summary>
    public static Circumstances Of(HttpContext http, RegionName region, DateTimeOffset time) => new(
        http.Connection.RemoteIpAddress,
        http.Request.IsHttps,
        http.Request.Headers.UserAgent.ToString(),
        http.Request.Headers.Referer is [{ Length: > 0 } referer, ..] ? referer : null,
        region,
        time)
    {
        Door = http.Features.Get<Door>(),
    };
}
