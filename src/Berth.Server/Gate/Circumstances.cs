using System.Net;
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
    /// <summary>Takes them from a request.</summary>
    public static Circumstances Of(HttpContext http, RegionName region, DateTimeOffset time) => new(
        http.Connection.RemoteIpAddress,
        http.Request.IsHttps,
        http.Request.Headers.UserAgent.ToString(),
        http.Request.Headers.Referer is [{ Length: > 0 } referer, ..] ? referer : null,
        region,
        time);
}
