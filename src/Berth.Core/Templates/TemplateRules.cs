using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>
/// Whether the parameters of a template keep its rules. Rules have functions of their own for it (CloudFormation User Guide,
/// "Rule-specific intrinsic functions"); those that would look a parameter's type or its attributes up are not available.
/// </summary>
internal static class TemplateRules
{
    private const int MostDepth = 32;

    /// <summary>Refuses what a rule does not allow. Fault: <see cref="TemplateInvalid"/>.</summary>
    public static void Check(IReadOnlyList<TemplateRule> rules, Func<JsonNode?, JsonNode?> evaluate)
    {
        foreach (var rule in rules.Where(rule => rule.Condition is null || Holds(rule.Condition, evaluate, 0)))
        {
            var broken = rule.Assertions.Where(assertion => !Holds(assertion.Assert, evaluate, 0)).ToArray();
            if (broken.Length > 0)
            {
                var reasons = string.Join(" ", broken.Select(assertion => assertion.Description ?? $"The assertion {assertion.Assert.ToJsonString()} does not hold."));
                throw new TemplateInvalid($"Template error: the rule {rule.Name} is not kept: {reasons}").AsException();
            }
        }
    }

    private static bool Holds(JsonNode? node, Func<JsonNode?, JsonNode?> evaluate, int depth) => (Nodes.CallOf(node), depth) switch
    {
        (_, > MostDepth) => throw FunctionShapes.Wrong("a rule is nested too deeply"),
        (("Fn::And", JsonArray list), _) => list.All(item => Holds(item, evaluate, depth + 1)),
        (("Fn::Or", JsonArray list), _) => list.Any(item => Holds(item, evaluate, depth + 1)),
        (("Fn::Not", JsonArray { Count: 1 } list), _) => !Holds(list[0], evaluate, depth + 1),
        (("Fn::Equals", JsonArray { Count: 2 } list), _) => AreEqual(evaluate(list[0]), evaluate(list[1])),
        (("Fn::Contains", JsonArray { Count: 2 } list), _) => Texts(evaluate(list[0])).Any(text => AreEqual(text, evaluate(list[1]))),
        (("Fn::EachMemberEquals", JsonArray { Count: 2 } list), _) => Texts(evaluate(list[0])).All(text => AreEqual(text, evaluate(list[1]))),
        (("Fn::EachMemberIn", JsonArray { Count: 2 } list), _) =>
            Texts(evaluate(list[0])).All(text => Texts(evaluate(list[1])).Any(other => AreEqual(text, other))),
        ({ } call, _) => throw FunctionShapes.Wrong($"{call.Name} is not available in rules, or has the wrong arguments"),
        _ => throw FunctionShapes.Wrong("every rule must be made of rule functions"),
    };

    private static IEnumerable<JsonNode?> Texts(JsonNode? node) =>
        node is JsonArray list ? list : throw FunctionShapes.Wrong("a rule needs a list of strings");

    private static bool AreEqual(JsonNode? one, JsonNode? other) => string.Equals(Nodes.TextOf(one), Nodes.TextOf(other), StringComparison.Ordinal);
}
