using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>A template that was checked against the types, with its parameters.</summary>
/// <param name="Source">What it was read from.</param>
/// <param name="Evaluation">What its functions give.</param>
public sealed record PreparedTemplate(StackSource Source, TemplateEvaluation Evaluation)
{
    /// <summary>The template.</summary>
    public Template Template => Evaluation.Template;

    /// <summary>Reads and checks a template, before anything is made of it. Faults: <see cref="TemplateInvalid"/>, <see cref="CapabilityMissing"/>.</summary>
    internal static PreparedTemplate Prepare(StackSource source, StackIdentity stack, ResourceCatalogue types, Func<string, string?> exports)
    {
        var template = Template.Parse(source.Template);
        CheckTypes(template, types);
        Capabilities.Check(template, source.Capabilities);
        var evaluation = Evaluate(template, source, stack, exports);
        evaluation.CheckConditions();
        foreach (var (logicalId, attribute) in evaluation.AttributesRead())
        {
            var type = types.Get(template.FindResource(logicalId)!.Type);
            if (!type.Attributes.Any(known => Covers(known, attribute)))
            {
                throw new TemplateInvalid(
                    $"Template error: resource {logicalId} does not support attribute type {attribute} in Fn::GetAtt").AsException();
            }
        }

        return new(source, evaluation);
    }

    /// <summary>The template as it was checked once, with what is exported now.</summary>
    internal static TemplateEvaluation Evaluate(Template template, StackSource source, StackIdentity stack, Func<string, string?> exports) =>
        new(template, stack.Pseudo, source.Parameters) { Exports = exports };

    /// <summary>Refuses types that there are not, and properties that a type has not. Fault: <see cref="TemplateInvalid"/>.</summary>
    internal static void CheckTypes(Template template, ResourceCatalogue types)
    {
        var unknown = template.Resources.Select(resource => resource.Type).Where(name => types.Find(name) is null).Distinct(StringComparer.Ordinal);
        if (unknown.ToArray() is { Length: > 0 } names)
        {
            throw new TemplateInvalid($"Template format error: Unrecognized resource types: [{string.Join(", ", names)}]").AsException();
        }

        foreach (var resource in template.Resources)
        {
            var known = types.Get(resource.Type).Properties;
            if (resource.Properties.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal) && !IsCall(name)) is { } strange)
            {
                throw new TemplateInvalid($"Encountered unsupported property {strange}").AsException();
            }
        }
    }

    private static bool IsCall(string name) => name.StartsWith("Fn::", StringComparison.Ordinal);

    private static bool Covers(string known, string attribute) => known.EndsWith(".*", StringComparison.Ordinal)
        ? attribute.StartsWith(known[..^1], StringComparison.Ordinal) && attribute.Length > known.Length - 1
        : string.Equals(known, attribute, StringComparison.Ordinal);
}

/// <summary>Which stack something is about, whether it is there already or not.</summary>
/// <param name="Home">Its account and Region.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its ARN.</param>
public readonly record struct StackIdentity(RegistryId Home, string Name, string Id)
{
    internal PseudoParameters Pseudo => new(Home.Account.ToString(), Home.Region.ToString(), Home.Region.Partition, Name, Id);

    internal static StackIdentity Of(Stack stack) => new(stack.Home, stack.Name, stack.Id);
}
