using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>Reads a rule of a template (CloudFormation User Guide, "Rules section").</summary>
internal static class RuleReader
{
    private const int MostAssertions = 100;

    public static TemplateRule Read(KeyValuePair<string, JsonNode?> entry)
    {
        if (entry.Value is not JsonObject rule || rule["Assertions"] is not JsonArray { Count: > 0 and <= MostAssertions } assertions)
        {
            throw TemplateText.Format($"Every Rules member {entry.Key} must be an object with a list of Assertions.");
        }

        return new(entry.Key, [.. assertions.Select(assertion => ReadAssertion(entry.Key, assertion))]) { Condition = rule["RuleCondition"] };
    }

    private static (JsonNode Assert, string? Description) ReadAssertion(string rule, JsonNode? node) =>
        node is JsonObject { } assertion && assertion["Assert"] is { } assert
            ? (assert, Nodes.TextOf(assertion["AssertDescription"]))
            : throw TemplateText.Format($"Every assertion of the rule {rule} must have an Assert.");
}
