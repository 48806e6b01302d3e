using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Checks a template as a whole: that functions have their arguments, and that what is named is there.</summary>
internal static class TemplateChecks
{
    public static void Check(Template template)
    {
        var known = template.Resources.Select(resource => resource.LogicalId).ToHashSet(StringComparer.Ordinal);
        var values = template.Parameters.Select(parameter => parameter.Name).Concat(PseudoParameters.Names).ToHashSet(StringComparer.Ordinal);
        if (values.Intersect(known, StringComparer.Ordinal).ToArray() is { Length: > 0 } twice)
        {
            throw TemplateText.Format($"Duplicate logical names [{string.Join(", ", twice)}] in the Parameters and Resources blocks of the template");
        }

        CheckConditions(template, values);
        foreach (var resource in template.Resources)
        {
            CheckValue(template, resource.Properties);
            CheckValue(template, resource.Metadata);
            CheckCondition(template, resource.Condition, $"the resource {resource.LogicalId}");
            DynamicReferences.Refuse(resource.Properties);
        }

        var missing = template.Resources.SelectMany(resource => MissingOf(resource.Properties).Concat(MissingOf(resource.Metadata))
            .Concat(resource.DependsOn.Where(name => !known.Contains(name))));
        Refuse(missing, "Template format error: ", "Resources");
        foreach (var output in template.Outputs)
        {
            CheckValue(template, output.Value);
            CheckValue(template, output.ExportName);
            CheckCondition(template, output.Condition, $"the output {output.Key}");
        }

        Refuse(template.Outputs.SelectMany(output => MissingOf(output.Value).Concat(MissingOf(output.ExportName))), "Template format error: ", "Outputs");
        CreationOrder.Of(template, holds: null);

        IEnumerable<string> MissingOf(JsonNode? node) => References.In(node)
            .Where(reference => !known.Contains(reference.Target) && (reference.IsOfAttribute || !values.Contains(reference.Target)))
            .Select(reference => reference.Target);
    }

    /// <summary>Refuses names that are not there.</summary>
    public static void Refuse(IEnumerable<string> missing, string prefix, string section)
    {
        if (missing.Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } names)
        {
            throw new TemplateInvalid($"{prefix}Unresolved resource dependencies [{string.Join(", ", names)}] in the {section} block of the template").AsException();
        }
    }

    private static void CheckConditions(Template template, HashSet<string> values)
    {
        foreach (var (name, condition) in template.Conditions)
        {
            if (condition is not JsonObject)
            {
                throw TemplateText.Format($"Every Conditions member {name} must be an object.");
            }

            CheckValue(template, condition);
            if (References.In(condition).Where(reference => !values.Contains(reference.Target)).Select(reference => reference.Target).ToArray() is { Length: > 0 } foreign)
            {
                throw TemplateText.Format($"Unresolved dependencies [{string.Join(", ", foreign)}]. Cannot reference resources in the Conditions block of the template");
            }
        }
    }

    private static void CheckValue(Template template, JsonNode? node)
    {
        FunctionShapes.Check(node);
        foreach (var (function, name) in ConditionNames.In(node))
        {
            CheckCondition(template, name, function);
        }
    }

    private static void CheckCondition(Template template, string? name, string where)
    {
        if (name is not null && !template.Conditions.ContainsKey(name))
        {
            throw FunctionShapes.Wrong($"unresolved condition dependency {name} in {where}");
        }
    }
}

/// <summary>Finds the names of conditions in a value.</summary>
internal static class ConditionNames
{
    public static IEnumerable<(string Function, string Name)> In(JsonNode? node) => node switch
    {
        JsonObject map => Own(map).Concat(map.SelectMany(member => In(member.Value))),
        JsonArray list => list.SelectMany(In),
        _ => [],
    };

    // A property named Condition is no reference: policies have one.
    private static IEnumerable<(string, string)> Own(JsonObject map)
    {
        if (Nodes.CallOf(map) is ("Fn::If", JsonArray { Count: 3 } list) && Nodes.TextOf(list[0]) is { } tested)
        {
            yield return ("Fn::If", tested);
        }
    }
}

/// <summary>Refuses values that are to be read from other services.</summary>
internal static class DynamicReferences
{
    private const string Mark = "{{resolve:";

    public static void Refuse(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map)
                {
                    Refuse(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Refuse(item);
                }

                break;
            default:
                if (Nodes.TextOf(node) is { } text && text.Contains(Mark, StringComparison.Ordinal))
                {
                    throw new TemplateInvalid("dynamic references ('{{resolve:...}}') are not available here").AsException();
                }

                break;
        }
    }
}
