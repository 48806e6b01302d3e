using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>What rules of the right form must keep besides ("Lifecycle policy evaluation rules" in ECR's user guide).</summary>
internal static class LifecycleConsistency
{
    private const int MaxWildcards = 4;

    // ECR bills an archived image for 90 days, and sets no policy that deletes it sooner.
    private const int LeastDaysInArchive = 90;

    /// <summary>The sentences that rules break, each once. Where no words of ECR's are known they are ours.</summary>
    public static IReadOnlyList<string> FlawsOf(IReadOnlyList<LifecycleRule> rules, bool expiresByPull) =>
    [
        .. rules.SelectMany(rule => FlawsOf(rule, expiresByPull))
            .Concat(FlawsAmong(rules))
            .Concat(rules.GroupBy(rule => rule.IsOfArchive).SelectMany(ofClass => FlawsOfClass([.. ofClass])))
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> FlawsOf(LifecycleRule rule, bool expiresByPull)
    {
        var hasTags = rule.TagPrefixes.Count + rule.TagPatterns.Count > 0;
        if (rule.TagStatus is TagStatus.Tagged && !hasTags)
        {
            yield return "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.";
        }

        if (rule.TagStatus is not TagStatus.Tagged && hasTags)
        {
            yield return "Cannot specify tagPrefixList or tagPatternList unless tagStatus=TAGGED.";
        }

        if (rule.TagPrefixes.Count > 0 && rule.TagPatterns.Count > 0)
        {
            yield return "Cannot specify both tagPrefixList and tagPatternList.";
        }

        if (rule.TagPatterns.Any(pattern => pattern.Count(character => character is '*') > MaxWildcards))
        {
            yield return "Tag pattern must contain at most 4 wildcards.";
        }

        if (rule is { Measure: LifecycleMeasure.SincePulled, Action: LifecycleAction.Expire } && !expiresByPull)
        {
            yield return "Cannot specify action type=EXPIRE when countType=sinceImagePulled.";
        }

        if (rule.Measure is LifecycleMeasure.SinceTransitioned)
        {
            if (rule.Action is LifecycleAction.Transition)
            {
                yield return "Cannot specify action type=TRANSITION when countType=sinceImageTransitioned.";
            }

            if (rule.Number < LeastDaysInArchive)
            {
                yield return "countNumber must be at least 90 when countType=sinceImageTransitioned.";
            }
        }
    }

    private static IEnumerable<string> FlawsAmong(IReadOnlyList<LifecycleRule> rules)
    {
        if (rules.DistinctBy(rule => rule.Priority).Count() < rules.Count)
        {
            yield return "Rule priorities must be unique.";
        }
    }

    private static IEnumerable<string> FlawsOfClass(IReadOnlyList<LifecycleRule> rules)
    {
        if (rules.Count(rule => rule.TagStatus is TagStatus.Untagged) > 1)
        {
            yield return "Only one rule can select Untagged images per storage class";
        }

        if (rules.SkipLast(1).Any(rule => rule.TagStatus is TagStatus.Any))
        {
            yield return "Rule for tagStatus=ANY must have the lowest priority per storage class";
        }

        var sets = rules.Where(rule => rule.TagStatus is TagStatus.Tagged).Select(TagsOf).ToList();
        if (sets.Distinct(StringComparer.Ordinal).Count() < sets.Count)
        {
            yield return "Tag prefixes must be unique per storage class.";
        }
    }

    // A prefix is the pattern that goes on with anything, so both forms of one set are one. A line feed is in no tag.
    private static string TagsOf(LifecycleRule rule) => string.Join(
        '\n', rule.TagPrefixes.Select(prefix => $"{prefix}*").Concat(rule.TagPatterns).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
