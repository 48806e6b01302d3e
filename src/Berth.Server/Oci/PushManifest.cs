using System.Text;
using System.Text.Json;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Trail;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>PUT /v2/{name}/manifests/{reference}: store a manifest and set its tag, or with a digest any <c>?tag=</c>.</summary>
internal sealed class PushManifest(Images images) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Put, "manifests/{reference}", As: "PutImage", AccessLevel.Write);

    /// <inheritdoc/>
    public override void Describe(OciCall call, Utf8JsonWriter json) => RecordedImages.WriteReference(json, call.Variable);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var reference = call.Reference;
        IReadOnlyList<Tag> parameters = reference.Digest is null
            ? []
            : [.. call.Request.Query["tag"].OfType<string>().Distinct(StringComparer.Ordinal).Select(Tag.Parse)];

        using var body = await ManifestBody.ReadAsync(call.Request, cancel);
        Record(call, body);
        var pushed = await images.PutAsync(
            call.Repository,
            new()
            {
                Content = body.Content,
                MediaType = TypeOf(call.Request),
                Tags = reference.Tag is { } tag ? [tag] : parameters,
                Digest = reference.Digest?.ToString(),
                AcceptsAbsentImages = true,
                AcceptsRepetition = true,
            },
            cancel);
        call.Answered(json => WriteImage(json, pushed, reference.Tag));
        Describe(call, pushed, parameters);
    }

    // The body goes back to the pool before all is recorded, so the record has the text of its own; of a manifest that is too long
    // for a record not even that.
    private static void Record(OciCall call, ManifestBody body)
    {
        var manifest = body.Content.Length <= RecordJson.LongestValue ? Encoding.UTF8.GetString(body.Content.Span) : null;
        if (call.Record is { } record)
        {
            record.Parameters = call.Members(json => WritePush(json, call, manifest));
        }
    }

    private static void WritePush(Utf8JsonWriter json, OciCall call, string? manifest)
    {
        RecordedImages.WriteReference(json, call.Variable);
        if (TypeOf(call.Request) is { } type)
        {
            json.WriteString("imageManifestMediaType"u8, type);
        }

        if (manifest is not null)
        {
            json.WriteString("imageManifest"u8, manifest);
        }
    }

    private static void WriteImage(Utf8JsonWriter json, PushedImage pushed, Tag? tag)
    {
        json.WriteStartObject("image"u8);
        json.WriteStartObject("imageId"u8);
        json.WriteString("imageDigest"u8, pushed.Digest.ToString());
        if (tag is { } name)
        {
            json.WriteString("imageTag"u8, name.ToString());
        }

        json.WriteEndObject();
        json.WriteString("imageManifestMediaType"u8, pushed.Manifest.MediaType);
        json.WriteEndObject();
    }

    private static void Describe(OciCall call, PushedImage pushed, IReadOnlyList<Tag> parameters)
    {
        var headers = call.Response.Headers;
        call.Response.StatusCode = StatusCodes.Status201Created;
        headers.Location = call.UrlInRepository($"manifests/{pushed.Digest}");
        headers["Docker-Content-Digest"] = pushed.Digest.ToString();
        if (parameters.Count > 0)
        {
            headers["OCI-Tag"] = parameters.Select(tag => tag.ToString()).ToArray();
        }

        if (pushed.Manifest.Subject is { } subject)
        {
            headers["OCI-Subject"] = subject.ToString();
        }
    }

    // Parameters such as a charset say nothing about a manifest.
    private static string? TypeOf(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim() is { Length: > 0 } type ? type : null;
}
