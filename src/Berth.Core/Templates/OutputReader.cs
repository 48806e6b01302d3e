using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Reads one output of a template.</summary>
internal static class OutputReader
{
    private static readonly string[] Members = ["Value", "Description", "Condition", "Export"];

    public static TemplateOutput Read(KeyValuePair<string, JsonNode?> member)
    {
        var (name, node) = (member.Key, member.Value);
        if (!TemplateReader.IsAlphanumeric(name))
        {
            throw TemplateText.Format($"Output name {name} is non alphanumeric.");
        }

        var map = node as JsonObject ?? throw TemplateText.Format("Any Outputs member must be an object.");
        var value = map["Value"] ?? throw TemplateText.Format("Every Outputs member must contain a Value object");
        foreach (var key in map.Select(one => one.Key).Except(Members, StringComparer.Ordinal))
        {
            throw new TemplateInvalid($"Invalid template output property '{key}'").AsException();
        }

        return new(name, value)
        {
            Description = map.ContainsKey("Description")
                ? Nodes.TextOf(map["Description"]) ?? throw TemplateText.Format("Every Description member must be a string.")
                : null,
            Condition = map.ContainsKey("Condition")
                ? Nodes.TextOf(map["Condition"]) ?? throw TemplateText.Format("Every Condition member must be a string.")
                : null,
            ExportName = map.ContainsKey("Export")
                ? (map["Export"] as JsonObject)?["Name"] ?? throw TemplateText.Format($"[/Outputs/{name}/Export] Every Export member must contain a Name.")
                : null,
        };
    }
}
