using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>PUT /v2/{name}/blobs/uploads/{upload}?digest=: end a session, with or without a last chunk.</summary>
internal sealed class CompleteUpload(Uploads uploads) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Put, "blobs/uploads/{upload}", As: "CompleteLayerUpload", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedLayers.WriteCompletion(json, call);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var digest = Digest.Parse(call.Query("digest") ?? "");
        UploadPart? last = null;
        if (call.HasBody)
        {
            await call.AuthorizeAsync("UploadLayerPart", cancel);
            last = UploadResponse.PartOf(call);
        }

        // As with any chunk, what was sent is kept though the client may be gone.
        var layer = await uploads.CompleteAsync(call.Repository, call.Upload, [digest], last, CancellationToken.None);
        call.Answered(json => RecordedLayers.WriteCompletion(json, call));
        UploadResponse.Created(call, layer.Digest);
    }
}
