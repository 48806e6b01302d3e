using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>POST /v2/{name}/blobs/uploads/: mount a blob, store one that comes whole, or start a session.</summary>
internal sealed class StartUpload(LayerMounts mounts, Uploads uploads, CreateOnPush onPush) : OciEndpoint
{
    private static readonly string[] Algorithms = ["sha256", "sha512"];

    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Post, "blobs/uploads/", As: "InitiateLayerUpload", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedLayers.WriteStart(json, call);

    /// <inheritdoc/>
    public override Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        RefuseUnknownAlgorithm(call);
        return call.BeginPushAsync(onPush, Route.As!, () => StartAsync(call, cancel), cancel);
    }

    private async Task StartAsync(OciCall call, CancellationToken cancel)
    {
        if (call.Query("mount") is { } mount && await TryMountAsync(call, Digest.Parse(mount), cancel))
        {
            Mounted(call, mount);
            UploadResponse.Created(call, Digest.Parse(mount));
        }
        else if (call.Query("digest") is { } digest)
        {
            await StoreAsync(call, Digest.Parse(digest), cancel);
        }
        else
        {
            var upload = await uploads.StartAsync(call.Repository, cancel);
            call.Answered(json => json.WriteString("uploadId"u8, upload.ToString()));
            UploadResponse.Describe(call, new(upload, Received: 0), StatusCodes.Status202Accepted);
        }
    }

    // What it comes to is another operation of ECR's.
    private static void Mounted(OciCall call, string digest)
    {
        if (call.Record is { } record)
        {
            record.Name = record.Name with { Event = "MountLayer" };
            call.Answered(json => json.WriteString("layerDigest"u8, digest));
        }
    }

    private async Task StoreAsync(OciCall call, Digest digest, CancellationToken cancel)
    {
        await call.AuthorizeAsync("UploadLayerPart", cancel);
        await call.AuthorizeAsync("CompleteLayerUpload", cancel);
        var content = new UploadPart { Content = call.Request.BodyReader, First = 0, Length = call.Request.ContentLength };
        var layer = await uploads.StoreAsync(call.Repository, digest, content, cancel);
        UploadResponse.Created(call, layer.Digest);
    }

    // A mount that cannot be is no error: the client then uploads.
    private async Task<bool> TryMountAsync(OciCall call, Digest digest, CancellationToken cancel)
    {
        foreach (var source in await mounts.FindSourcesAsync(call.Repository, call.Query("from"), digest, cancel))
        {
            if (await MayReadAsync(call, source, cancel) && await mounts.MountAsync(call.Repository, source, digest, cancel))
            {
                return true;
            }
        }

        return false;
    }

    private static ValueTask<bool> MayReadAsync(OciCall call, RepositoryName source, CancellationToken cancel) =>
        call.MayAsync("GetDownloadUrlForLayer", call.Registry.RepositoryArn(source.ToString()), cancel);

    // The digest decides in the end; one that could never be verified is better refused before the bytes are sent.
    private static void RefuseUnknownAlgorithm(OciCall call)
    {
        if (call.Query("digest-algorithm") is { } algorithm && !Algorithms.Contains(algorithm, StringComparer.Ordinal))
        {
            throw new DigestInvalid(algorithm).AsException();
        }
    }
}
