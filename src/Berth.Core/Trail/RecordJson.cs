using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berth.Trail;

/// <summary>What all records have in common (CloudTrail user guide, "CloudTrail record contents").</summary>
public static class RecordJson
{
    /// <summary>The version of the form.</summary>
    public const string EventVersion = "1.11";

    /// <summary>The longest value of <c>requestParameters</c> or <c>responseElements</c>, in bytes; a longer one is left out.</summary>
    public const int LongestValue = 100 * 1024;

    /// <summary>How records are written: for auditors and their tools, never inside a page.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A moment as records have it: UTC, to the second.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes what a record was about; nothing when it was about nothing.</summary>
    public static void WriteResources(Utf8JsonWriter json, IReadOnlyList<TrailResource> resources, bool withTypes)
    {
        if (!resources.Any(resource => resource.IsArn))
        {
            return;
        }

        json.WriteStartArray("resources"u8);
        foreach (var resource in resources.Where(resource => resource.IsArn))
        {
            json.WriteStartObject();
            json.WriteString("ARN"u8, resource.Name);
            json.WriteString("accountId"u8, resource.Account);
            if (withTypes)
            {
                json.WriteString("type"u8, resource.Type);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what stands for a value that was too long.</summary>
    public static void WriteOmitted(Utf8JsonWriter json, string member, int size)
    {
        json.WriteStartObject(member);
        json.WriteBoolean("omitted"u8, true);
        json.WriteNumber("originalSize"u8, size);
        json.WriteString("reason"u8, $"{member} too large");
        json.WriteEndObject();
    }
}
