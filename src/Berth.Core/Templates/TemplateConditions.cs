using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>What the conditions of a template are. Each is decided once, when it is asked for.</summary>
internal sealed class TemplateConditions(JsonObject conditions, Func<JsonNode?, JsonNode?> evaluate)
{
    // Null while it is being decided.
    private readonly Dictionary<string, bool?> known = new(StringComparer.Ordinal);

    public bool Holds(string name)
    {
        if (known.TryGetValue(name, out var decided))
        {
            return decided ?? throw FunctionShapes.Wrong($"circular dependency of the condition {name}");
        }

        if (!conditions.TryGetPropertyValue(name, out var node))
        {
            throw FunctionShapes.Wrong($"unresolved condition dependency {name} in the Conditions block of the template");
        }

        known[name] = null;
        var holds = IsTrue(node);
        known[name] = holds;
        return holds;
    }

    private bool IsTrue(JsonNode? node) => Nodes.CallOf(node) switch
    {
        ("Condition", var argument) when Nodes.TextOf(argument) is { } name => Holds(name),
        ("Fn::Equals", JsonArray { Count: 2 } list) => AreEqual(evaluate(list[0]), evaluate(list[1])),
        ("Fn::And", JsonArray list) => list.All(IsTrue),
        ("Fn::Or", JsonArray list) => list.Any(IsTrue),
        ("Fn::Not", JsonArray { Count: 1 } list) => !IsTrue(list[0]),
        _ => Nodes.TextOf(node) switch
        {
            "true" => true,
            "false" => false,
            _ => throw FunctionShapes.Wrong("every condition must be one of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition"),
        },
    };

    // A parameter is text, whatever it is compared with.
    private static bool AreEqual(JsonNode? one, JsonNode? other) =>
        Nodes.TextOf(one) is { } text && Nodes.TextOf(other) is { } otherText
            ? string.Equals(text, otherText, StringComparison.Ordinal)
            : Nodes.AreEqual(one, other);
}
