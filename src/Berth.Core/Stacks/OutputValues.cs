using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What a stack says of itself, once its resources are there.</summary>
internal static class OutputValues
{
    /// <summary>The outputs. Fault: <see cref="TemplateInvalid"/>.</summary>
    public static IReadOnlyList<StackOutput> Of(TemplateEvaluation evaluation, ResourceLookup resources) =>
        [.. evaluation.Outputs.Select(output => Of(evaluation, output, resources))];

    private static StackOutput Of(TemplateEvaluation evaluation, TemplateOutput output, ResourceLookup resources) => new(
        output.Key,
        Nodes.TextOf(evaluation.Evaluate(output.Value, resources))
            ?? throw new TemplateInvalid($"Template format error: Output {output.Key} is malformed. The Value field of every Outputs member must evaluate to a String.").AsException(),
        output.Description,
        output.ExportName is null ? null : Nodes.TextOf(evaluation.Evaluate(output.ExportName, resources)));
}
