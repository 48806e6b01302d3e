using Berth.Policy;
using Berth.Server.Aws.Constraints;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Simulation;

/// <summary>What both simulations take.</summary>
internal abstract record SimulationInput
{
    [Length(1, 131_072), Pattern(Patterns.Document)]
    public IReadOnlyList<string>? PermissionsBoundaryPolicyInputList { get; init; }

    [Length(3, 128)]
    public required IReadOnlyList<string> ActionNames { get; init; }

    [Length(1, 2048)]
    public IReadOnlyList<string>? ResourceArns { get; init; }

    [Length(1, 131_072), Pattern(Patterns.Document)]
    public string? ResourcePolicy { get; init; }

    [Length(1, 2048)]
    public string? ResourceOwner { get; init; }

    [Length(1, 2048)]
    public string? CallerArn { get; init; }

    public IReadOnlyList<ContextEntry>? ContextEntries { get; init; }

    [Length(1, 64)]
    public string? ResourceHandlingOption { get; init; }

    [Range(1, 1000)]
    public int? MaxItems { get; init; }

    [Length(1, 320), Pattern(Patterns.Marker)]
    public string? Marker { get; init; }
}

/// <summary>A condition key of a simulated request.</summary>
internal sealed record ContextEntry
{
    [Length(5, 256)]
    public string? ContextKeyName { get; init; }

    public IReadOnlyList<string>? ContextKeyValues { get; init; }

    [Values(
        "string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList", "binary", "binaryList", "date", "dateList")]
    public string? ContextKeyType { get; init; }

    /// <summary>The key with its values; those of a list type may be several.</summary>
    public KeyValuePair<string, ContextValue> ToKey() => new(
        ContextKeyName ?? "",
        new(ContextKeyValues ?? [], IsMultivalued: ContextKeyType?.EndsWith("List", StringComparison.Ordinal) ?? false));
}
