using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>GET /v2/: this is a registry, and the caller's token is good.</summary>
internal sealed class Ping : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "", As: null, AccessLevel.Read);

    /// <inheritdoc/>
    public override Task HandleAsync(OciCall call, CancellationToken cancel) =>
        call.Response.WriteBytesAsync("{}"u8.ToArray(), "application/json; charset=utf-8", cancel);
}
