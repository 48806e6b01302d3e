using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>
/// GET /v2/{name}/referrers/{digest}: the artifacts that point at an image, as an index. An image that nothing points at,
/// or that is not there, has an empty one.
/// </summary>
internal sealed class ListReferrers(Referrers referrers) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "referrers/{digest}", As: "BatchGetImage", AccessLevel.Read);

    /// <inheritdoc/>
    protected override string EventName => "ListImageReferrers";

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) =>
        RecordedLayers.WriteSubject(json, call);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var type = call.Query("artifactType");
        Digest? after = call.Query("last") is { } last ? Digest.Parse(last) : null;
        var filter = new ReferrerFilter { ArtifactTypes = type is null ? [] : [type] };
        var page = await referrers.ListAsync(call.Repository, call.Digest, filter, after, Page.Largest, cancel);
        if (type is not null)
        {
            call.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        if (page.HasMore)
        {
            Page.LinkToNext(call, page.Images[^1].Digest.ToString(), ("artifactType", type));
        }

        await call.Response.WriteBytesAsync(Index(page.Images), MediaType.OciIndex, cancel);
    }

    private static byte[] Index(IReadOnlyList<Image> images)
    {
        var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new() { Encoder = OciResponses.Encoder }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", MediaType.OciIndex);
            json.WriteStartArray("manifests");
            foreach (var image in images)
            {
                Write(json, image);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return content.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Image image)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", image.MediaType);
        json.WriteString("digest", image.Digest.ToString());
        json.WriteNumber("size", image.ManifestSize);
        if ((image.ArtifactType ?? image.ConfigType) is { } type)
        {
            json.WriteString("artifactType", type);
        }

        if (image.Annotations is { } annotations)
        {
            json.WritePropertyName("annotations");
            json.WriteRawValue(annotations);
        }

        json.WriteEndObject();
    }
}
