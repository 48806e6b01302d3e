using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>
/// HEAD /v2/{name}/blobs/{digest}: whether a blob needs to be pushed. One that only archived images have does not: it is
/// brought back when their manifest, or another that lists it, is pushed.
/// </summary>
internal sealed class StatBlob(Layers layers) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Head, "blobs/{digest}", As: "BatchCheckLayerAvailability", AccessLevel.Read);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedLayers.WriteDigests(json, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var layer = await layers.FindAsync(call.Repository, call.Digest, cancel)
            ?? throw new LayerNotFound(call.Repository, call.Digest).AsException();
        call.Response.Headers["Docker-Content-Digest"] = layer.Digest.ToString();
        LayerResponse.Describe(call.Response, layer);
        if (LayerResponse.HasAlready(call.Request, layer.Digest))
        {
            LayerResponse.NotModified(call.Response);
        }
    }
}
