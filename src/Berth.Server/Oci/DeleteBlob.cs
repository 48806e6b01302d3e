using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>DELETE /v2/{name}/blobs/{digest}: take a blob that no image refers to from the repository.</summary>
internal sealed class DeleteBlob(Layers layers) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Delete, "blobs/{digest}", As: "BatchDeleteImage", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => json.WriteString("layerDigest"u8, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        await layers.DeleteAsync(call.Repository, call.Digest, cancel);
        call.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
