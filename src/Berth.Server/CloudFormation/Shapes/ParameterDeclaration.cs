using Berth.Stacks;
using Berth.Templates;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A parameter that a template declares (CloudFormation's shape <c>ParameterDeclaration</c>).</summary>
internal sealed record ParameterDeclaration(
    string ParameterKey,
    string? DefaultValue,
    string ParameterType,
    bool NoEcho,
    string? Description,
    ParameterDeclaration.ConstraintsEntry ParameterConstraints)
{
    public static ParameterDeclaration Of(TemplateParameter parameter) => new(
        parameter.Name, parameter.Default, parameter.Type.Name, parameter.IsSecret, parameter.Description, new(parameter.AllowedValues));

    /// <summary>What a value must be.</summary>
    public sealed record ConstraintsEntry(IReadOnlyList<string>? AllowedValues);
}

/// <summary>What must be acknowledged for a template, as it is answered.</summary>
internal static class CapabilityAnswer
{
    /// <summary>The capability; nothing for none.</summary>
    public static IReadOnlyList<string>? Of(Template template) => Capabilities.NeededBy(template) is var (needed, _) ? [needed] : null;

    /// <summary>Why it must be; nothing for none.</summary>
    public static string? ReasonOf(Template template) => Capabilities.NeededBy(template) is var (needed, resources)
        ? $"The following resource(s) require capabilities: [{string.Join(", ", resources.Select(resource => resource.Type).Distinct(StringComparer.Ordinal))}]"
        : null;
}
