using System.Text.Json.Nodes;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What the resources of a stack are by now.</summary>
internal sealed class LiveResources(StackRun run) : ResourceLookup
{
    public override string Ref(string logicalId) => Find(logicalId).PhysicalId ?? "";

    public override JsonNode Attribute(string logicalId, string attribute)
    {
        var resource = Find(logicalId);
        return resource.Detail.Attributes[attribute]
            ?? throw new TemplateInvalid($"Resource type {resource.Type} does not support attribute {{{attribute}}}").AsException();
    }

    private StackResource Find(string logicalId) =>
        run.FindLive(logicalId) ?? throw new TemplateInvalid($"Template error: the resource {logicalId} is not there").AsException();
}

/// <summary>Evaluates a template for what it takes from other stacks, whatever its resources are.</summary>
internal sealed class ImportedNames : ResourceLookup
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private ImportedNames()
    {
    }

    public static IReadOnlyCollection<string> Of(Stack stack, StackSource source)
    {
        var found = new ImportedNames();
        var evaluation = PreparedTemplate.Evaluate(Template.Parse(source.Template), source, StackIdentity.Of(stack), found.Note);
        foreach (var node in evaluation.Resources.Select(resource => (JsonNode?)resource.Properties)
            .Concat(evaluation.Outputs.Select(output => output.Value))
            .Concat(evaluation.Outputs.Select(output => output.ExportName)))
        {
            evaluation.Evaluate(node, found);
        }

        return found.names;
    }

    public override string Ref(string logicalId) => Unknown;

    public override JsonNode Attribute(string logicalId, string attribute) => JsonValue.Create(Unknown);

    private string Note(string name)
    {
        names.Add(name);
        return Unknown;
    }
}
