using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Reads the sections of a template, in the words in which CloudFormation refuses them.</summary>
internal static class TemplateReader
{
    private const int MostResources = 500;
    private const int MostOthers = 200;
    private const int LongestDescription = 1024;

    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources", "Outputs",
    ];

    private static readonly string[] Unsupported = ["Transform", "Rules"];

    public static Template Read(JsonObject root)
    {
        CheckSections(root);
        var parameters = MapOf(root, "Parameters", MostOthers).Select(ParameterReader.Read).ToArray();
        if (MapOf(root, "Resources", MostResources) is not { Count: > 0 } resources)
        {
            throw TemplateText.Format("At least one Resources member must be defined.");
        }

        Nulls.Refuse(root);
        var template = new Template
        {
            Description = DescriptionOf(root),
            Metadata = root["Metadata"],
            Parameters = parameters,
            Mappings = MappingReader.Read(MapOf(root, "Mappings", MostOthers)),
            Conditions = MapOf(root, "Conditions", MostOthers),
            Resources = [.. resources.Select(ResourceReader.Read)],
            Outputs = [.. MapOf(root, "Outputs", MostOthers).Select(OutputReader.Read)],
        };
        TemplateChecks.Check(template);
        return template;
    }

    /// <summary>Whether a name has letters and digits alone, and not too many.</summary>
    internal static bool IsAlphanumeric(string name) => name.Length is > 0 and <= 255 && name.All(char.IsAsciiLetterOrDigit);

    private static void CheckSections(JsonObject root)
    {
        if (root.Select(member => member.Key).Except(Sections, StringComparer.Ordinal).ToArray() is { Length: > 0 } unknown)
        {
            throw TemplateText.Format($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        }

        if (root["AWSTemplateFormatVersion"] is { } version && Nodes.TextOf(version) is not "2010-09-09")
        {
            throw TemplateText.Format($"Template format version {Nodes.TextOf(version)} not supported.");
        }

        foreach (var section in Unsupported.Where(root.ContainsKey))
        {
            throw new TemplateInvalid($"the section '{section}' of templates is not available here").AsException();
        }
    }

    private static string? DescriptionOf(JsonObject root)
    {
        if (!root.TryGetPropertyValue("Description", out var node))
        {
            return null;
        }

        return Nodes.TextOf(node) switch
        {
            null => throw TemplateText.Format("any Description member must be a string."),
            { Length: > LongestDescription } => throw TemplateText.Format("Description length must be no longer than 1024 characters."),
            var text => text,
        };
    }

    private static JsonObject MapOf(JsonObject root, string section, int most)
    {
        if (!root.TryGetPropertyValue(section, out var node))
        {
            return [];
        }

        if (node is not JsonObject map)
        {
            throw TemplateText.Format(node is null ? $"[/{section}] 'null' values are not allowed in templates" : "unsupported structure.");
        }

        return map.Count <= most ? map : throw TemplateText.Format($"Number of {section}, {map.Count}, is greater than maximum allowed, {most}");
    }
}
