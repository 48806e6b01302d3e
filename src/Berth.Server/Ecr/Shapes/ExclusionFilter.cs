using Berth.Registry;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Ecr.Shapes;

/// <summary>Which tags are excepted from a repository's rule on moving tags.</summary>
internal sealed record ExclusionFilter
{
    [Values("WILDCARD")]
    public required string FilterType { get; init; }

    [Length(1, 128), Pattern("^[0-9a-zA-Z._*-]{1,128}$")]
    public required string Filter { get; init; }

    /// <summary>The rule that a request states; with nothing stated tags may move.</summary>
    public static TagMutabilityRule ToRule(string? mutability, IReadOnlyList<ExclusionFilter>? filters) =>
        TagMutabilityRule.Create(
            mutability is null ? TagMutability.Mutable : TagMutabilityNames.FromWire(mutability),
            [.. (filters ?? []).Select(filter => filter.Filter)]);

    /// <summary>The filters of a rule; null, and so left out, when it has none.</summary>
    public static IReadOnlyList<ExclusionFilter>? Of(TagMutabilityRule rule) =>
        rule.ExclusionFilters is []
            ? null
            : [.. rule.ExclusionFilters.Select(filter => new ExclusionFilter { FilterType = "WILDCARD", Filter = filter })];
}
