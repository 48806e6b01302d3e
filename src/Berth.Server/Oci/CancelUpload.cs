using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>DELETE /v2/{name}/blobs/uploads/{upload}: end a session and discard its bytes.</summary>
internal sealed class CancelUpload(Uploads uploads) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Delete, "blobs/uploads/{upload}", As: "UploadLayerPart", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => json.WriteString("uploadId"u8, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        await uploads.CancelAsync(call.Repository, call.Upload, cancel);
        call.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
