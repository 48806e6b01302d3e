using System.Text.Json;
using Berth.Registry;

namespace Berth.Server.Oci;

/// <summary>Writes layers and uploads into records of the trail as ECR's requests and answers name them.</summary>
internal static class RecordedLayers
{
    /// <summary>The list of one layer.</summary>
    public static void WriteDigests(Utf8JsonWriter json, string digest)
    {
        json.WriteStartArray("layerDigests"u8);
        json.WriteStringValue(digest);
        json.WriteEndArray();
    }

    /// <summary>What a new upload is to be, where the request says more than that there is one.</summary>
    public static void WriteStart(Utf8JsonWriter json, OciCall call)
    {
        if (call.Query("mount") is { } mount)
        {
            json.WriteString("mountLayerDigest"u8, mount);
            if (call.Query("from") is { } from)
            {
                json.WriteString("mountFrom"u8, from);
            }
        }
        else if (call.Query("digest") is { } digest)
        {
            json.WriteString("layerDigest"u8, digest);
        }
    }

    /// <summary>A part, and where it lies as far as the request says so.</summary>
    public static void WritePart(Utf8JsonWriter json, OciCall call)
    {
        json.WriteString("uploadId"u8, call.Variable);
        if (ContentRange.Find(call.Request.Headers.ContentRange.ToString()) is { } range)
        {
            json.WriteNumber("partFirstByte"u8, range.First);
            json.WriteNumber("partLastByte"u8, range.Last);
        }
    }

    /// <summary>How far an upload is.</summary>
    public static void WriteReceived(Utf8JsonWriter json, UploadStatus status)
    {
        json.WriteString("uploadId"u8, status.Id.ToString());
        json.WriteNumber("lastByteReceived"u8, Math.Max(0, status.Received - 1));
    }

    /// <summary>The end of an upload.</summary>
    public static void WriteCompletion(Utf8JsonWriter json, OciCall call)
    {
        json.WriteString("uploadId"u8, call.Variable);
        WriteDigests(json, call.Query("digest") ?? "");
    }

    /// <summary>Whose referrers are asked for.</summary>
    public static void WriteSubject(Utf8JsonWriter json, OciCall call)
    {
        json.WriteStartObject("subjectId"u8);
        json.WriteString("imageDigest"u8, call.Variable);
        json.WriteEndObject();
    }
}
