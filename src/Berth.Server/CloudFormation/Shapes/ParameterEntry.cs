using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A parameter of a stack.</summary>
internal sealed record ParameterEntry
{
    public string? ParameterKey { get; init; }

    public string? ParameterValue { get; init; }

    public string? ResolvedValue { get; init; }

    public bool? UsePreviousValue { get; init; }

    /// <summary>Parameters as they were given: null for one that stays what it is.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> ToGiven(IReadOnlyList<ParameterEntry>? entries) =>
    [
        .. (entries ?? []).Select(entry => KeyValuePair.Create(
            entry.ParameterKey ?? throw new StackRequestInvalid("Every parameter must have a ParameterKey").AsException(),
            entry.UsePreviousValue is true ? null : entry.ParameterValue ?? "")),
    ];

    /// <summary>Parameters as they are answered; nothing for none.</summary>
    public static IReadOnlyList<ParameterEntry>? Of(IReadOnlyList<ParameterValue> values) => values.Count == 0 ? null :
    [
        .. values.Select(value => new ParameterEntry
        {
            ParameterKey = value.Key,
            ParameterValue = value.IsSecret ? "****" : value.Value,
            ResolvedValue = value.Resolved,
        }),
    ];
}
