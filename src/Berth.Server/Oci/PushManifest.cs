using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>PUT /v2/{name}/manifests/{reference}: store a manifest and set its tag, or with a digest any <c>?tag=</c>.</summary>
internal sealed class PushManifest(Images images) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Put, "manifests/{reference}", As: "PutImage", AccessLevel.Write);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var reference = call.Reference;
        IReadOnlyList<Tag> parameters = reference.Digest is null
            ? []
            : [.. call.Request.Query["tag"].OfType<string>().Distinct(StringComparer.Ordinal).Select(Tag.Parse)];

        using var body = await ManifestBody.ReadAsync(call.Request, cancel);
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
        Describe(call, pushed, parameters);
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
