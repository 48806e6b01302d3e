using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Berth.Server.Aws;

/// <summary>
/// Says in AWS's words why a body could not be read into a record. Looks only after reading has failed, so that reading
/// itself stays the serializer's.
/// </summary>
internal static class JsonMismatch
{
    /// <summary>The first thing in the body that does not fit the record.</summary>
    public static string Describe(ReadOnlyMemory<byte> body, Type record, JsonSerializerOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = options.MaxDepth });
            return Find(document.RootElement, options.GetTypeInfo(record), options) ?? "a value is out of its type's range";
        }
        catch (JsonException)
        {
            return "the body is not JSON";
        }
    }

    private static string? Find(JsonElement value, JsonTypeInfo expected, JsonSerializerOptions options)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return expected.Kind switch
        {
            JsonTypeInfoKind.Object => value.ValueKind is JsonValueKind.Object
                ? value.EnumerateObject().Select(member => FindInMember(member, expected, options)).FirstOrDefault(found => found is not null)
                : "Expected structure or null",
            JsonTypeInfoKind.Enumerable => value.ValueKind is JsonValueKind.Array
                ? value.EnumerateArray().Select(element => Find(element, options.GetTypeInfo(expected.ElementType!), options)).FirstOrDefault(found => found is not null)
                : "Expected list or null",
            _ => FindInScalar(value.ValueKind, Nullable.GetUnderlyingType(expected.Type) ?? expected.Type),
        };
    }

    private static string? FindInMember(JsonProperty member, JsonTypeInfo record, JsonSerializerOptions options) =>
        record.Properties.FirstOrDefault(property => member.NameEquals(property.Name)) is { } known
            ? Find(member.Value, options.GetTypeInfo(known.PropertyType), options)
            : null;

    private static string? FindInScalar(JsonValueKind found, Type expected) => found switch
    {
        JsonValueKind.Object => "Start of structure or map found where not expected.",
        JsonValueKind.Array => "Start of list found where not expected",
        _ when found == KindOf(expected) || (expected == typeof(bool) && found is JsonValueKind.True or JsonValueKind.False) => null,
        _ => $"{found.ToString().ToUpperInvariant()}_VALUE can not be converted to {NameOf(expected)}",
    };

    private static JsonValueKind KindOf(Type type) =>
        type == typeof(string) || type == typeof(byte[]) ? JsonValueKind.String
        : type == typeof(bool) ? JsonValueKind.True
        : JsonValueKind.Number;

    private static string NameOf(Type type) =>
        type == typeof(string) ? "a String"
        : type == typeof(byte[]) ? "a Blob"
        : type == typeof(bool) ? "a Boolean"
        : type == typeof(int) ? "an Integer"
        : type == typeof(DateTimeOffset) ? "a Timestamp"
        : "a Long";
}
