using Berth.Registry;
using Berth.Vocabulary;
using Microsoft.Net.Http.Headers;

namespace Berth.Server.Gate;

/// <summary>
/// Answers with a layer's bytes, or a run of them, straight into the connection. A blob never changes, so its digest is
/// its entity tag, and whoever has it already is told so (RFC 9110, 13).
/// </summary>
internal static class LayerResponse
{
    private const string OnlyUnit = "bytes";

    /// <summary>The headers that describe a layer, to those who ask for it and to those who ask about it.</summary>
    public static void Describe(HttpResponse response, Layer layer)
    {
        response.ContentType = MediaType.OctetStream;
        response.ContentLength = layer.Size;
        response.Headers.ETag = EntityTag(layer.Digest);
        response.Headers.AcceptRanges = OnlyUnit;
    }

    /// <summary>Whether the client says that it has content of this digest.</summary>
    public static bool HasAlready(HttpRequest request, Digest digest) =>
        request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } tags
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || string.Equals(tag.Tag.Value, EntityTag(digest), StringComparison.Ordinal));

    /// <summary>Whether the client wants content of other digests only (RFC 9110, 13.1.1).</summary>
    public static bool WantsOther(HttpRequest request, Digest digest) =>
        request.GetTypedHeaders().IfMatch is { Count: > 0 } tags
        && !tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || string.Equals(tag.Tag.Value, EntityTag(digest), StringComparison.Ordinal));

    /// <summary>A digest as an entity tag.</summary>
    public static string EntityTag(Digest digest) => $"\"{digest}\"";

    /// <summary>Answers 304 without content.</summary>
    public static void NotModified(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.ContentLength = null;
        response.ContentType = null;
    }

    /// <summary>
    /// Answers a GET. Faults: <see cref="LayerArchived"/>, <see cref="RangeNotSatisfiable"/>, <see cref="ContentDamaged"/>.
    /// </summary>
    public static async Task WriteAsync(HttpContext http, Layers layers, Layer layer, CancellationToken cancel)
    {
        layer.RefuseArchived();
        Describe(http.Response, layer);
        if (HasAlready(http.Request, layer.Digest))
        {
            NotModified(http.Response);
            return;
        }

        var range = RangeOf(http, layer);
        await using var content = await layers.OpenAsync(layer, cancel);
        if (range is { } part)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.ContentLength = part.Length;
            http.Response.Headers.ContentRange = $"{OnlyUnit} {part.Of(layer.Size)}";
        }

        var (first, length) = range ?? new ByteRange(0, layer.Size);
        await content.CopyToAsync(http.Response.BodyWriter, first, length, cancel);
    }

    private static ByteRange? RangeOf(HttpContext http, Layer layer)
    {
        var condition = http.Request.GetTypedHeaders().IfRange;
        if (condition is not null && !string.Equals(condition.EntityTag?.ToString(), EntityTag(layer.Digest), StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return ByteRange.Parse(http.Request.Headers.Range.ToString(), layer.Size);
        }
        catch (FaultException exception) when (exception.Fault is RangeNotSatisfiable)
        {
            http.Response.Headers.ContentRange = $"{OnlyUnit} */{layer.Size}";
            throw;
        }
    }
}
