using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>GET /v2/{name}/manifests/{reference}: pull a manifest, which counts as a pull of the image.</summary>
internal sealed class PullManifest(Images images, Pulls pulls) : ManifestRetrieval(images, HttpMethods.Get)
{
    /// <inheritdoc/>
    protected override ValueTask FoundAsync(OciCall call, Digest digest, CancellationToken cancel) =>
        pulls.NoteAsync(call.Caller, call.Repository, digest, cancel);
}

/// <summary>HEAD /v2/{name}/manifests/{reference}: ask what a tag stands for, or whether a manifest is there.</summary>
internal sealed class StatManifest(Images images) : ManifestRetrieval(images, HttpMethods.Head)
{
    /// <inheritdoc/>
    protected override ValueTask FoundAsync(OciCall call, Digest digest, CancellationToken cancel) => ValueTask.CompletedTask;
}

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
        var stored = await images.FindAsync(call.Repository, reference, cancel);
        if (stored is null || ManifestNegotiation.Choose(stored, accepted, byTag: reference.Tag is not null) is not { } manifest)
        {
            throw new ImageNotFound(call.Repository, reference.Digest?.ToString(), reference.Tag?.ToString()).AsException();
        }

        await FoundAsync(call, stored.Digest, cancel);
        call.Response.Headers["Docker-Content-Digest"] = manifest.Digest.ToString();
        call.Response.Headers.ETag = LayerResponse.EntityTag(manifest.Digest);
        if (LayerResponse.HasAlready(call.Request, manifest.Digest))
        {
            LayerResponse.NotModified(call.Response);
            return;
        }

        await call.Response.WriteBytesAsync(manifest.Content, manifest.MediaType, cancel);
    }

    /// <summary>What follows from an image's having been found, under the digest it is stored by.</summary>
    protected abstract ValueTask FoundAsync(OciCall call, Digest digest, CancellationToken cancel);
}
