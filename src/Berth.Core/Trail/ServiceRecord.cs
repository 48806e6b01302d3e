using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Trail;

/// <summary>Writes the record of a service event.</summary>
internal static class ServiceRecord
{
    // Room for everything that stands beside the details.
    private const int LongestDetails = TrailEvent.LongestRecord - (16 * 1024);

    private static readonly JsonSerializerOptions Details = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The record of an event under an id.</summary>
    public static TrailEvent Of(ServiceEvent what, string id, DateTimeOffset now) => new(id, what.Registry, now, what.Name, what.Source)
    {
        IsReadOnly = what.IsReadOnly,
        Resources = what.Resources,
        Record = Write(what, id, now),
    };

    private static byte[] Write(ServiceEvent what, string id, DateTimeOffset now)
    {
        var account = what.Registry.Account.ToString();
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, RecordJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion"u8, RecordJson.EventVersion);
            json.WriteStartObject("userIdentity"u8);
            json.WriteString("accountId"u8, account);
            json.WriteString("invokedBy"u8, "AWS Internal"u8);
            json.WriteEndObject();
            json.WriteString("eventTime"u8, RecordJson.Moment(now));
            json.WriteString("eventSource"u8, what.Source);
            json.WriteString("eventName"u8, what.Name);
            json.WriteString("awsRegion"u8, what.Registry.Region.ToString());
            json.WriteString("sourceIPAddress"u8, "AWS Internal"u8);
            json.WriteString("userAgent"u8, "AWS Internal"u8);
            json.WriteNull("requestParameters"u8);
            json.WriteNull("responseElements"u8);
            json.WriteString("eventID"u8, id);
            json.WriteBoolean("readOnly"u8, what.IsReadOnly);
            RecordJson.WriteResources(json, what.Resources, withTypes: true);
            json.WriteString("eventType"u8, "AwsServiceEvent"u8);
            json.WriteBoolean("managementEvent"u8, true);
            json.WriteString("recipientAccountId"u8, account);
            WriteDetails(json, what.Details);
            json.WriteString("eventCategory"u8, "Management"u8);
            json.WriteEndObject();
        }

        return content.ToArray();
    }

    private static void WriteDetails(Utf8JsonWriter json, object details)
    {
        const string member = "serviceEventDetails";
        var written = JsonSerializer.SerializeToUtf8Bytes(details, details.GetType(), Details);
        if (written.Length > LongestDetails)
        {
            RecordJson.WriteOmitted(json, member, written.Length);
            return;
        }

        json.WritePropertyName(member);
        json.WriteRawValue(written, skipInputValidation: true);
    }
}
