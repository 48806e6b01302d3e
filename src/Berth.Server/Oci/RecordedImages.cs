using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Oci;

/// <summary>Writes images into records of the trail as ECR's requests and answers name them.</summary>
internal static class RecordedImages
{
    /// <summary>The list of one image, by what its path says: a digest, or else a tag.</summary>
    public static void WriteIds(Utf8JsonWriter json, string reference)
    {
        json.WriteStartArray("imageIds"u8);
        json.WriteStartObject();
        WriteReference(json, reference);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>The member of a digest or a tag.</summary>
    public static void WriteReference(Utf8JsonWriter json, string reference) =>
        json.WriteString(reference.Contains(':', StringComparison.Ordinal) ? "imageDigest"u8 : "imageTag"u8, reference);

    /// <summary>The types of manifests that a client takes.</summary>
    public static void WriteAccepted(Utf8JsonWriter json, StringValues accept)
    {
        json.WriteStartArray("acceptedMediaTypes"u8);
        foreach (var header in accept)
        {
            foreach (var type in (header ?? "").AsSpan().Split(','))
            {
                json.WriteStringValue(header.AsSpan()[type].Trim());
            }
        }

        json.WriteEndArray();
    }
}
