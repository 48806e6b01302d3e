using System.Globalization;
using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Reads one parameter of a template.</summary>
internal static class ParameterReader
{
    private static readonly string[] Members =
    [
        "Type", "Default", "Description", "NoEcho", "AllowedValues", "AllowedPattern", "ConstraintDescription",
        "MinLength", "MaxLength", "MinValue", "MaxValue",
    ];

    public static TemplateParameter Read(KeyValuePair<string, JsonNode?> member)
    {
        var (name, node) = (member.Key, member.Value);
        if (!TemplateReader.IsAlphanumeric(name))
        {
            throw TemplateText.Format($"Parameter name {name} is non alphanumeric.");
        }

        var map = node as JsonObject ?? throw TemplateText.Format("Any Parameters member must be an object.");
        foreach (var key in map.Select(one => one.Key).Except(Members, StringComparer.Ordinal))
        {
            throw new TemplateInvalid($"Invalid template parameter property '{key}'").AsException();
        }

        var type = new ParameterType(TextOf(map, "Type") ?? throw TemplateText.Format("Every Parameters object must contain a Type member."));
        if (!type.IsKnown)
        {
            throw TemplateText.Format($"Unrecognized parameter type: {type.Name}");
        }

        return new(name, type)
        {
            Default = TextOf(map, "Default"),
            Description = TextOf(map, "Description"),
            IsSecret = string.Equals(TextOf(map, "NoEcho"), "true", StringComparison.OrdinalIgnoreCase),
            AllowedValues = AllowedOf(map),
            AllowedPattern = TextOf(map, "AllowedPattern"),
            ConstraintDescription = TextOf(map, "ConstraintDescription"),
            MinLength = (long?)NumberOf(map, "MinLength"),
            MaxLength = (long?)NumberOf(map, "MaxLength"),
            MinValue = NumberOf(map, "MinValue"),
            MaxValue = NumberOf(map, "MaxValue"),
        };
    }

    private static string? TextOf(JsonObject map, string name) => !map.ContainsKey(name)
        ? null
        : Nodes.TextOf(map[name]) ?? throw TemplateText.Format($"Every {name} member must be a string.");

    private static decimal? NumberOf(JsonObject map, string name)
    {
        if (TextOf(map, name) is not { } text)
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Abs(number) < 1e18m
            ? number
            : throw TemplateText.Format($"Every {name} member must be a number.");
    }

    private static string[]? AllowedOf(JsonObject map)
    {
        if (!map.TryGetPropertyValue("AllowedValues", out var node))
        {
            return null;
        }

        var values = (node as JsonArray)?.Select(Nodes.TextOf).ToArray();
        return values is null || values.Contains(null)
            ? throw TemplateText.Format("Every AllowedValues member must be a list of strings.")
            : [.. values.OfType<string>()];
    }
}
