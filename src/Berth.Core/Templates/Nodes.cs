using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>What values of templates are.</summary>
public static class Nodes
{
    /// <summary>A text, number or truth value as text; null for anything else.</summary>
    public static string? TextOf(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    /// <summary>Whether it is a text, and not a number that reads the same.</summary>
    public static bool IsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String;

    /// <summary>The function that a value is a call of, and its argument; null for a value that is none.</summary>
    internal static (string Name, JsonNode? Argument)? CallOf(JsonNode? node) =>
        node is JsonObject { Count: 1 } map && map.First() is var (name, argument)
        && (name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal))
            ? (name, argument)
            : null;

    /// <summary>Whether two values are the same, whatever the order of their members.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);
}
