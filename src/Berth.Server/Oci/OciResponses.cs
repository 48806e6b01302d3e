using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Server.Oci;

/// <summary>Writes whole bodies, with their length; to a HEAD the length alone.</summary>
internal static class OciResponses
{
    private const string Json = "application/json; charset=utf-8";

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        Encoder = Encoder,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Leaves quotes and plus signs as people read them: this JSON never stands inside a page.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a record as JSON and a line feed, as ECR ends its bodies.</summary>
    public static Task WriteJsonAsync<T>(this HttpResponse response, T value, CancellationToken cancel)
    {
        byte[] body = [.. JsonSerializer.SerializeToUtf8Bytes(value, Wire), (byte)'\n'];
        return response.WriteBytesAsync(body, Json, cancel);
    }

    /// <summary>Writes bytes of a type.</summary>
    public static Task WriteBytesAsync(
        this HttpResponse response, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancel)
    {
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(body, cancel).AsTask();
    }
}
