using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>DELETE /v2/{name}/manifests/{reference}: a digest takes the image with its tags, a tag only itself.</summary>
internal sealed class DeleteManifest(ImageDeletion deletion) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Delete, "manifests/{reference}", As: "BatchDeleteImage", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedImages.WriteIds(json, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var reference = call.Reference;
        if (reference.Tag is { } tag)
        {
            await deletion.UntagAsync(call.Repository, tag, cancel);
        }
        else
        {
            await DeleteAsync(call.Repository, reference.Digest, cancel);
        }

        call.Answered(json => RecordedImages.WriteIds(json, call.Variable));
        call.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task DeleteAsync(RepositoryId repository, Digest? digest, CancellationToken cancel)
    {
        var outcomes = await deletion.DeleteAsync(repository, [new(digest, Tag: null)], cancel);
        if (outcomes[0].Failure is { } failure)
        {
            throw failure.AsException();
        }
    }
}
