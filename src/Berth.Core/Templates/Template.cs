using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>A template that was read and whose form is right: sections, names, functions and references (CloudFormation User Guide, "Template anatomy").</summary>
public sealed record Template
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it says of itself, for tools.</summary>
    public JsonNode? Metadata { get; init; }

    /// <summary>Its parameters, in their order.</summary>
    public IReadOnlyList<TemplateParameter> Parameters { get; init; } = [];

    /// <summary>Tables of values: map, key, name.</summary>
    public JsonObject Mappings { get; init; } = [];

    /// <summary>Conditions by name.</summary>
    public JsonObject Conditions { get; init; } = [];

    /// <summary>Its resources, in their order.</summary>
    public required IReadOnlyList<TemplateResource> Resources { get; init; }

    /// <summary>Its outputs, in their order.</summary>
    public IReadOnlyList<TemplateOutput> Outputs { get; init; } = [];

    /// <summary>Reads a template. Fault: <see cref="Vocabulary.TemplateInvalid"/>.</summary>
    public static Template Parse(string text) => TemplateReader.Read(TemplateText.Read(text));

    /// <summary>The resource of that name, or null.</summary>
    public TemplateResource? FindResource(string name) =>
        Resources.FirstOrDefault(resource => string.Equals(resource.LogicalId, name, StringComparison.Ordinal));

    /// <summary>The parameter of that name, or null.</summary>
    public TemplateParameter? FindParameter(string name) =>
        Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));
}

/// <summary>A resource as a template has it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Such as <c>AWS::ECR::Repository</c>.</param>
public sealed record TemplateResource(string LogicalId, string Type)
{
    /// <summary>Its properties, with functions.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>The condition that it depends on; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>What must be there before it, besides what it refers to.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>What becomes of it when it leaves the stack: <c>Delete</c>, <c>Retain</c> or <c>RetainExceptOnCreate</c>.</summary>
    public string DeletionPolicy { get; init; } = "Delete";

    /// <summary>What becomes of it when another takes its place: <c>Delete</c> or <c>Retain</c>.</summary>
    public string UpdateReplacePolicy { get; init; } = "Delete";

    /// <summary>What the template says of it, for tools; may have functions.</summary>
    public JsonNode? Metadata { get; init; }
}

/// <summary>An output as a template has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value, with functions.</param>
public sealed record TemplateOutput(string Key, JsonNode Value)
{
    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>The condition that it depends on; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>The name it is exported under, with functions; null when it is not.</summary>
    public JsonNode? ExportName { get; init; }
}
