using System.Globalization;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>What every step of an upload reads and answers.</summary>
internal static class UploadResponse
{
    /// <summary>
    /// The request's body as a part of an upload. Headers that contradict each other are the fault
    /// <see cref="LayerPartLengthWrong"/>, before any byte is taken.
    /// </summary>
    public static UploadPart PartOf(OciCall call)
    {
        var range = ContentRange.Parse(call.Request.Headers.ContentRange);
        var length = call.Request.ContentLength;
        if (range is { } stated && length is { } sent && stated.Length != sent)
        {
            throw new LayerPartLengthWrong(call.Repository, call.Upload, sent, stated.Length, stated.First).AsException();
        }

        return new() { Content = call.Request.BodyReader, First = range?.First, Length = range?.Length ?? length };
    }

    /// <summary>Says where the session is and how far.</summary>
    public static void Describe(OciCall call, UploadStatus status, int code)
    {
        var headers = call.Response.Headers;
        call.Response.StatusCode = code;
        headers.Location = call.UrlInRepository($"blobs/uploads/{status.Id}");
        headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, status.Received - 1)}");
        headers["Docker-Upload-UUID"] = status.Id.ToString();
    }

    /// <summary>Says that the repository has the blob.</summary>
    public static void Created(OciCall call, Digest digest)
    {
        call.Response.StatusCode = StatusCodes.Status201Created;
        call.Response.Headers.Location = call.UrlInRepository($"blobs/{digest}");
        call.Response.Headers["Docker-Content-Digest"] = digest.ToString();
    }
}
