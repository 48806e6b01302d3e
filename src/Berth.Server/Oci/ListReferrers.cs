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
    // What an artifact says of itself comes along, and may be nearly four megabytes: rows are read in small batches, and a
    // page ends where it would be longer than a manifest may be.
    private const int Batch = 50;

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
        var (page, isLast) = await ReadAsync(call, type, cancel);
        if (type is not null)
        {
            call.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        }

        if (!isLast)
        {
            Page.LinkToNext(call, page[^1].Digest.ToString(), ("artifactType", type));
        }

        await call.Response.WriteBytesAsync(Index(page), MediaType.OciIndex, cancel);
    }

    private async Task<(List<Image> Page, bool IsLast)> ReadAsync(OciCall call, string? type, CancellationToken cancel)
    {
        Digest? after = call.Query("last") is { } last ? Digest.Parse(last) : null;
        var page = new List<Image>();
        var length = 0L;
        while (true)
        {
            var found = await referrers.ListAsync(call.Repository, call.Digest, type, after, Batch, cancel);
            foreach (var image in found)
            {
                length += (image.Annotations?.Length ?? 0) + (image.ArtifactType?.Length ?? 0) + (image.ConfigType?.Length ?? 0);
                if (page.Count == Page.Largest || (page.Count > 0 && length > Manifest.MaxLength))
                {
                    return (page, IsLast: false);
                }

                page.Add(image);
                after = image.Digest;
            }

            if (found.Count < Batch)
            {
                return (page, IsLast: true);
            }
        }
    }

    private static byte[] Index(List<Image> images)
    {
        var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new() { Encoder = OciResponses.Encoder }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", MediaType.OciIndex);
            json.WriteStartArray("manifests");
            images.ForEach(image => Write(json, image));
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
