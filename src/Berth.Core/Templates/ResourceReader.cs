using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Reads one resource of a template.</summary>
internal static class ResourceReader
{
    private static readonly string[] Members =
    [
        "Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata", "CreationPolicy", "UpdatePolicy",
    ];

    private static readonly string[] Unsupported = ["CreationPolicy", "UpdatePolicy"];

    public static TemplateResource Read(KeyValuePair<string, JsonNode?> member)
    {
        var (name, node) = (member.Key, member.Value);
        if (!TemplateReader.IsAlphanumeric(name))
        {
            throw TemplateText.Format($"Resource name {name} is non alphanumeric.");
        }

        var map = node as JsonObject ?? throw TemplateText.Format("Any Resources member must be an object.");
        if (Nodes.TextOf(map["Type"]) is not { Length: > 0 } type)
        {
            throw TemplateText.Format($"[/Resources/{name}] Every Resources object must contain a Type member.");
        }

        foreach (var key in map.Select(one => one.Key).Except(Members, StringComparer.Ordinal))
        {
            throw new TemplateInvalid($"Invalid template resource property '{key}'").AsException();
        }

        foreach (var key in Unsupported.Where(map.ContainsKey))
        {
            throw new TemplateInvalid($"the resource '{name}' has the attribute '{key}', which is not available here").AsException();
        }

        return new(name, type)
        {
            Properties = !map.ContainsKey("Properties") ? []
                : map["Properties"] as JsonObject ?? throw TemplateText.Format($"[/Resources/{name}/Properties] Properties must be an object."),
            Condition = map.ContainsKey("Condition")
                ? Nodes.TextOf(map["Condition"]) ?? throw TemplateText.Format($"Every Condition member must be a string.")
                : null,
            DependsOn = DependenciesOf(map["DependsOn"]),
            DeletionPolicy = PolicyOf(map, "DeletionPolicy", "Delete", "Retain", "RetainExceptOnCreate"),
            UpdateReplacePolicy = PolicyOf(map, "UpdateReplacePolicy", "Delete", "Retain"),
            Metadata = map["Metadata"],
        };
    }

    private static IReadOnlyList<string> DependenciesOf(JsonNode? node)
    {
        var found = node switch
        {
            null => [],
            JsonArray list => list.Select(Nodes.TextOf).ToArray(),
            _ => [Nodes.TextOf(node)],
        };
        return found.Contains(null) ? throw TemplateText.Format("DependsOn must be a string or list of strings.") : [.. found.OfType<string>()];
    }

    private static string PolicyOf(JsonObject map, string name, params string[] known)
    {
        if (map[name] is not { } node)
        {
            return "Delete";
        }

        return Nodes.TextOf(node) is { } text && known.Contains(text, StringComparer.Ordinal)
            ? text
            : throw TemplateText.Format($"Unrecognized {name} {Nodes.TextOf(node) ?? node.ToJsonString()}");
    }
}
