using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>Which images a rule is about, and which of them are too old for it; its patterns are taken apart once.</summary>
internal sealed class RuleSelection(LifecycleRule rule, long now)
{
    private const long Day = 24L * 60 * 60 * 1000;

    private readonly TagPattern[] patterns =
        [.. rule.TagPrefixes.Select(prefix => $"{prefix}*").Concat(rule.TagPatterns).Select(pattern => new TagPattern(pattern))];

    public bool IsCount => rule.Measure is LifecycleMeasure.ImageCount;

    /// <summary>Whether it is about an image. Each of its patterns must be matched by some tag; one tag may match several.</summary>
    public bool Selects(LifecycleImage image)
    {
        if (image.Status != (rule.IsOfArchive ? ImageStatus.Archived : ImageStatus.Active))
        {
            return false;
        }

        return rule.TagStatus switch
        {
            TagStatus.Any => true,
            TagStatus.Untagged => image.Tags.Count == 0,
            _ => MatchesAll(image.Tags),
        };
    }

    /// <summary>Whether an image has passed the rule's number of days; on the very millisecond it has not.</summary>
    public bool IsTooOld(LifecycleImage image) => ClockOf(image) is { } since && now - since > rule.Number * Day;

    private long? ClockOf(LifecycleImage image) => rule.Measure switch
    {
        LifecycleMeasure.SincePushed => image.ActiveSince,
        LifecycleMeasure.SincePulled => image.UsedAt,
        LifecycleMeasure.SinceTransitioned => image.ArchivedAt,
        _ => null,
    };

    private bool MatchesAll(IReadOnlyList<string> tags)
    {
        foreach (var pattern in patterns)
        {
            if (!MatchesAny(pattern, tags))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesAny(TagPattern pattern, IReadOnlyList<string> tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (pattern.Matches(tags[i]))
            {
                return true;
            }
        }

        return false;
    }
}
