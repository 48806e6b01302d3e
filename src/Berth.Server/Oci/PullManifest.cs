using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>GET /v2/{name}/manifests/{reference}: pull a manifest.</summary>
internal sealed class PullManifest(Images images) : ManifestRetrieval(images, HttpMethods.Get);

/// <summary>HEAD /v2/{name}/manifests/{reference}: ask what a tag stands for, or whether a manifest is there.</summary>
internal sealed class StatManifest(Images images) : ManifestRetrieval(images, HttpMethods.Head);

/// <summary>Finds a manifest and says it in a form that the client takes.</summary>
internal abstract class ManifestRetrieval(Images images, string method) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(method, "manifests/{reference}", As: "BatchGetImage", AccessLevel.Read);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json)
    {
        RecordedImages.WriteIds(json, call.Variable);
        RecordedImages.WriteAccepted(json, call.Request.Headers.Accept);
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var reference = call.Reference;
        var accepted = AcceptHeader.ManifestTypes(call.Request.Headers.Accept);
        var manifest = await images.FindAsync(call.Repository, reference, cancel) is { } stored
            ? ManifestNegotiation.Choose(stored, accepted, byTag: reference.Tag is not null)
            : null;
        if (manifest is null)
        {
            throw new ImageNotFound(call.Repository, reference.Digest?.ToString(), reference.Tag?.ToString()).AsException();
        }

        call.Response.Headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        call.Response.Headers.ETag = LayerResponse.EntityTag(manifest.Digest);
        if (LayerResponse.HasAlready(call.Request, manifest.Digest))
        {
            LayerResponse.NotModified(call.Response);
            return;
        }

        await call.Response.WriteBytesAsync(manifest.Content, manifest.MediaType, cancel);
    }
}
