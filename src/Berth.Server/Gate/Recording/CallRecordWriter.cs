using System.Buffers;
using System.Text.Json;
using Berth.Trail;

namespace Berth.Server.Gate.Recording;

/// <summary>Writes a call as one CloudTrail record.</summary>
internal static class CallRecordWriter
{
    private const int LongestText = 1024;
    private const int LargestKept = 256 * 1024;

    // A record is written without waiting for anything, so each thread has its own memory to write it in.
    [ThreadStatic]
    private static Pad? whole;

    [ThreadStatic]
    private static Pad? part;

    /// <summary>The record, in UTF-8.</summary>
    public static byte[] Write(CallRecord call, RecordIds ids, IReadOnlyList<TrailResource> resources)
    {
        var json = (whole = Pad.Clean(whole)).Json;
        json.WriteStartObject();
        WriteHead(json, call, ids);
        WriteValue(json, "requestParameters", call.Parameters);
        WriteValue(json, "responseElements", call.Name.KeepsAnswer && call.Error is null ? call.Answer : null);
        WriteAddition(json, call);
        json.WriteString("requestID"u8, ids.RequestId);
        json.WriteString("eventID"u8, ids.Id);
        json.WriteBoolean("readOnly"u8, call.Name.IsReadOnly);
        RecordJson.WriteResources(json, resources, withTypes: false);
        json.WriteString("eventType"u8, "AwsApiCall"u8);
        json.WriteBoolean("managementEvent"u8, true);
        json.WriteString("recipientAccountId"u8, ids.Recipient.ToString());
        if (ids.SharedId is { } shared)
        {
            json.WriteString("sharedEventID"u8, shared);
        }

        if (call.Circumstances.Door is { } door)
        {
            json.WriteString("vpcEndpointId"u8, door.EndpointId);
            json.WriteString("vpcEndpointAccountId"u8, door.Owner.ToString());
        }

        json.WriteString("eventCategory"u8, "Management"u8);
        call.Tls?.Write(json);
        json.WriteEndObject();
        json.Flush();
        return whole.Memory.WrittenSpan.ToArray();
    }

    private static void WriteHead(Utf8JsonWriter json, CallRecord call, RecordIds ids)
    {
        var how = call.Circumstances;
        json.WriteString("eventVersion"u8, RecordJson.EventVersion);
        call.Identity!.Write(json, ids.Recipient);
        json.WriteString("eventTime"u8, RecordJson.Moment(how.Time));
        json.WriteString("eventSource"u8, call.Name.Source);
        json.WriteString("eventName"u8, call.Name.Event);
        json.WriteString("awsRegion"u8, how.Region.ToString());
        json.WriteString("sourceIPAddress"u8, how.Via ?? how.Source?.ToString() ?? "");
        json.WriteString("userAgent"u8, Cut(how.UserAgent));
        if (call.Error is { } error)
        {
            json.WriteString("errorCode"u8, error.Code);
            json.WriteString("errorMessage"u8, Cut(error.Message));
        }
    }

    private static void WriteAddition(Utf8JsonWriter json, CallRecord call)
    {
        if (call.Name.OciRequest is null && call.LeftOut == 0)
        {
            return;
        }

        json.WriteStartObject("additionalEventData"u8);
        if (call.Name.OciRequest is { } request)
        {
            json.WriteString("ociRequest"u8, request);
        }

        if (call.LeftOut > 0)
        {
            json.WriteNumber("callsLeftOut"u8, call.LeftOut);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string member, Action<Utf8JsonWriter>? write)
    {
        if (write is null)
        {
            json.WriteNull(member);
            return;
        }

        part = Pad.Clean(part);
        try
        {
            write(part.Json);
            part.Json.Flush();
        }
        catch (ArgumentException)
        {
            // Text that is no Unicode: what cannot be written must not keep the call from being recorded.
            json.WriteNull(member);
            return;
        }

        if (part.Memory.WrittenCount > RecordJson.LongestValue)
        {
            RecordJson.WriteOmitted(json, member, part.Memory.WrittenCount);
            return;
        }

        json.WritePropertyName(member);
        json.WriteRawValue(part.Memory.WrittenSpan, skipInputValidation: true);
    }

    // Half a character is none.
    private static string Cut(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];

    private sealed class Pad
    {
        private Pad() => Json = new(Memory, RecordJson.WriterOptions);

        public ArrayBufferWriter<byte> Memory { get; } = new(4096);

        public Utf8JsonWriter Json { get; }

        // What one long record needed is not kept for all the short ones; what failed half-way is begun anew.
        public static Pad Clean(Pad? used)
        {
            if (used is null || used.Memory.Capacity > LargestKept)
            {
                return new();
            }

            used.Memory.ResetWrittenCount();
            used.Json.Reset(used.Memory);
            return used;
        }
    }
}
