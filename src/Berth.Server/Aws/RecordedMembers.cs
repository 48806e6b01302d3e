using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Berth.Server.Aws;

/// <summary>
/// Writes the members of a request or an answer into a record of the trail: named as CloudTrail names them, with a small first letter,
/// moments in the form that it shows, and without secrets.
/// </summary>
internal static class RecordedMembers
{
    // What lets somebody in, or is a part of a layer, wherever it stands. Documents of policies are no secrets.
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal)
    {
        "SecretAccessKey", "SessionToken", "WebIdentityToken", "SAMLAssertion", "AuthorizationToken", "Password", "Secret", "TokenCode",
        "ContextAssertion", "DownloadUrl", "DecodedMessage", "ParameterValue", "TemplateBody", "UserData",
    };

    /// <summary>Whether a member is left out. Bytes always are: nothing but parts of layers comes as such.</summary>
    public static bool IsSecret(RecordMember member) => member.Type == typeof(byte[]) || Secrets.Contains(member.ExplicitName ?? member.Name);

    /// <summary>Writes a record as an object.</summary>
    public static void Write(Utf8JsonWriter json, object record)
    {
        json.WriteStartObject();
        foreach (var member in RecordShape.Of(record.GetType()).Members)
        {
            if (!IsSecret(member) && member.Get(record) is { } value)
            {
                json.WritePropertyName(member.RecordedName);
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal or double or float:
                json.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(moment.UtcDateTime.ToString("MMM d, yyyy h:mm:ss tt", CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                WriteEntries(json, map);
                break;
            case IEnumerable elements:
                WriteElements(json, elements);
                break;
            case var other when RecordShape.IsRecord(other.GetType()):
                Write(json, other);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteEntries(Utf8JsonWriter json, IDictionary map)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName((string)entry.Key);
            WriteValue(json, entry.Value!);
        }

        json.WriteEndObject();
    }

    private static void WriteElements(Utf8JsonWriter json, IEnumerable elements)
    {
        json.WriteStartArray();
        foreach (var element in elements)
        {
            if (element is null)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteValue(json, element);
            }
        }

        json.WriteEndArray();
    }
}
