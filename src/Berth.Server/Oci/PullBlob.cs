using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>GET /v2/{name}/blobs/{digest}: pull a layer or configuration, or a range of it.</summary>
/// <param name="layers">Where they are.</param>
/// <param name="sendOn">
/// Where a client is sent to for the bytes of a layer that it may have, given the name that it came by; null for giving them here.
/// </param>
internal sealed class PullBlob(Layers layers, Func<Layer, string, Uri>? sendOn) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "blobs/{digest}", As: "GetDownloadUrlForLayer", AccessLevel.Read);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => json.WriteString("layerDigest"u8, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var layer = await layers.FindAsync(call.Repository, call.Digest, cancel)
            ?? throw new LayerNotFound(call.Repository, call.Digest).AsException();
        call.Response.Headers["Docker-Content-Digest"] = layer.Digest.ToString();
        if (sendOn is not null)
        {
            layer.RefuseArchived();
            call.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            call.Response.Headers.Location = sendOn(layer, $"{call.Request.Scheme}://{call.Request.Host}").AbsoluteUri;
            return;
        }

        await LayerResponse.WriteAsync(call.Http, layers, layer, cancel);
    }
}
