using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Berth.Server.Metadata;

/// <summary>An answer to a machine or a pod.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record MetadataAnswer(int Status, string Text, string ContentType = "text/plain")
{
    private const string Json = "application/json";

    // In place of the text.
    private byte[]? Bytes { get; init; }

    /// <summary>An answer that says no more than its status.</summary>
    public static MetadataAnswer Of(int status) =>
        new(status, string.Create(CultureInfo.InvariantCulture, $"{status} - {ReasonPhrases.GetReasonPhrase(status)}"));

    /// <summary>What is passed on as it is.</summary>
    public static MetadataAnswer OfBytes(byte[] data) => new(StatusCodes.Status200OK, "", "application/octet-stream") { Bytes = data };

    /// <summary>A document as containers are given it.</summary>
    public static MetadataAnswer OfJson(string document) => new(StatusCodes.Status200OK, document, Json);

    /// <summary>An error as containers are given it.</summary>
    public static MetadataAnswer Error(int status, string code, string message) =>
        new(status, MetadataDocuments.ContainerError(code, message), Json);

    /// <summary>What every other method is answered where credentials are given.</summary>
    public static MetadataAnswer NotGet() => Error(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "credentials are read with GET");

    /// <summary>Sends the answer, to HEAD without its body. What is in it is for who asked alone, and for now.</summary>
    public async Task WriteAsync(HttpContext http, CancellationToken cancel)
    {
        var body = Bytes ?? Encoding.UTF8.GetBytes(Text);
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, cancel);
        }
    }
}
