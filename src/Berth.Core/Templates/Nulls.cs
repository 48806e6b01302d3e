using System.Globalization;
using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Finds values that are null, which no template may have where it counts.</summary>
internal static class Nulls
{
    public static void Refuse(JsonObject root)
    {
        foreach (var section in new[] { "Mappings", "Conditions", "Resources", "Outputs" })
        {
            if (root[section] is { } node && Find(node, "/" + section) is { } path)
            {
                throw new TemplateInvalid($"[{path}] 'null' values are not allowed in templates").AsException();
            }
        }
    }

    private static string? Find(JsonNode? node, string path) => node switch
    {
        null => path,
        JsonObject map => map.Select(member => Find(member.Value, $"{path}/{member.Key}")).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select((item, at) => Find(item, string.Create(CultureInfo.InvariantCulture, $"{path}/{at}")))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };
}
