using Berth.Policy;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Whether tags may move (ECR user guide, "Preventing image tags from being overwritten").</summary>
public enum TagMutability
{
    /// <summary>Every tag may move.</summary>
    Mutable,

    /// <summary>No tag may move.</summary>
    Immutable,

    /// <summary>Tags may move but for those that a filter names.</summary>
    MutableWithExclusion,

    /// <summary>No tag may move but those that a filter names.</summary>
    ImmutableWithExclusion,
}

/// <summary>A repository's rule on moving tags: the setting, and which tags are excepted from it.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="ExclusionFilters">Wildcards over whole tags; present exactly with the two settings that except tags.</param>
public sealed record TagMutabilityRule(TagMutability Setting, IReadOnlyList<string> ExclusionFilters)
{
    /// <summary>The most filters a repository may have.</summary>
    public const int MaxFilters = 5;

    private const int MaxWildcards = 2;

    /// <summary>What a repository has when nothing is said.</summary>
    public static TagMutabilityRule Default { get; } = new(TagMutability.Mutable, []);

    /// <summary>Makes a rule. Filters without a setting that excepts, the setting without filters, or a filter of more than two stars are faults.</summary>
    public static TagMutabilityRule Create(TagMutability setting, IReadOnlyList<string> filters)
    {
        var excepts = setting is TagMutability.MutableWithExclusion or TagMutability.ImmutableWithExclusion;
        if (excepts != filters.Count > 0)
        {
            throw Invalid(excepts
                ? $"ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as {setting.Wire()}"
                : $"ImageTagMutabilityExclusionFilters must be null when imageTagMutability is set as {setting.Wire()}");
        }

        return filters.FirstOrDefault(filter => filter.AsSpan().Count('*') > MaxWildcards) is { } crowded
            ? throw Invalid($"the filter '{crowded}' has more than {MaxWildcards} wildcards")
            : new(setting, filters);
    }

    /// <summary>Whether a tag that names one image may be made to name another.</summary>
    public bool MayMove(Tag tag) => Setting switch
    {
        TagMutability.Mutable => true,
        TagMutability.Immutable => false,
        TagMutability.MutableWithExclusion => !Excepts(tag),
        TagMutability.ImmutableWithExclusion => Excepts(tag),
        _ => throw new InvalidOperationException($"no rule for {Setting}"),
    };

    private bool Excepts(Tag tag) =>
        ExclusionFilters.Any(filter => Glob.IsMatch(filter, tag.ToString(), questionMark: false));

    private static FaultException Invalid(string rule) =>
        new ParameterInvalid("imageTagMutabilityExclusionFilters", rule).AsException();
}

/// <summary>The spelling of the setting on ECR's wire and in rows.</summary>
public static class TagMutabilityNames
{
    /// <summary>The setting as ECR spells it, such as <c>IMMUTABLE_WITH_EXCLUSION</c>.</summary>
    public static string Wire(this TagMutability setting) => setting switch
    {
        TagMutability.Mutable => "MUTABLE",
        TagMutability.Immutable => "IMMUTABLE",
        TagMutability.MutableWithExclusion => "MUTABLE_WITH_EXCLUSION",
        TagMutability.ImmutableWithExclusion => "IMMUTABLE_WITH_EXCLUSION",
        _ => throw new InvalidOperationException($"no name for {setting}"),
    };

    /// <summary>Reads ECR's spelling; other text was refused at the edge.</summary>
    public static TagMutability FromWire(string text) => text switch
    {
        "MUTABLE" => TagMutability.Mutable,
        "IMMUTABLE" => TagMutability.Immutable,
        "MUTABLE_WITH_EXCLUSION" => TagMutability.MutableWithExclusion,
        "IMMUTABLE_WITH_EXCLUSION" => TagMutability.ImmutableWithExclusion,
        _ => throw new FormatException($"'{text}' is no tag mutability"),
    };
}
