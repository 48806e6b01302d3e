using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>GET /v2/{name}/blobs/uploads/{upload}: how far a session is, for a client that lost count.</summary>
internal sealed class UploadProgress(Uploads uploads) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "blobs/uploads/{upload}", As: "UploadLayerPart", AccessLevel.Read);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => json.WriteString("uploadId"u8, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var status = await uploads.GetAsync(call.Repository, call.Upload, cancel);
        UploadResponse.Describe(call, status, StatusCodes.Status204NoContent);
    }
}
