using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>Reads a template that is written in JSON. Of a name that is given twice the last counts.</summary>
internal static class JsonTemplate
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = TemplateText.MostDepth };

    public static JsonNode? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return Copy(document.RootElement);
        }
        catch (JsonException error)
        {
            // CloudFormation counts from one, and names the place behind what it stumbled on.
            throw TemplateText.Format(string.Create(
                CultureInfo.InvariantCulture,
                $"JSON not well-formed. (line {(error.LineNumber ?? 0) + 1}, column {(error.BytePositionInLine ?? 0) + 2})"));
        }
    }

    private static JsonNode? Copy(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    map[member.Name] = Copy(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Copy)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
