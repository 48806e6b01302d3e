using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>Reads the tables of a template: two levels of names, and texts or lists of texts.</summary>
internal static class MappingReader
{
    public static JsonObject Read(JsonObject mappings)
    {
        foreach (var (name, map) in mappings)
        {
            if (map is not JsonObject keys)
            {
                throw TemplateText.Format($"Every Mappings member {name} must be a map");
            }

            foreach (var (key, attributes) in keys)
            {
                var values = attributes as JsonObject ?? throw TemplateText.Format($"Every Mappings member {key} must be a map");
                if (values.Any(value => !IsValue(value.Value)))
                {
                    throw TemplateText.Format("Every Mappings attribute must be a String or a List.");
                }
            }
        }

        return mappings;
    }

    private static bool IsValue(JsonNode? node) =>
        Nodes.TextOf(node) is not null || (node is JsonArray list && list.All(item => Nodes.TextOf(item) is not null));
}
