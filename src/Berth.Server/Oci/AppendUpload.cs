using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>PATCH /v2/{name}/blobs/uploads/{upload}: append a chunk, or a stream of unknown length.</summary>
internal sealed class AppendUpload(Uploads uploads) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Patch, "blobs/uploads/{upload}", As: "UploadLayerPart", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedLayers.WritePart(json, call);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        // A client that goes away ends its body, and what it sent before is kept for its return: nothing else may end this.
        var status = await uploads.AppendAsync(call.Repository, call.Upload, UploadResponse.PartOf(call), CancellationToken.None);
        call.Answered(json => RecordedLayers.WriteReceived(json, status));
        UploadResponse.Describe(call, status, StatusCodes.Status202Accepted);
    }
}
