namespace Berth.Lifecycle;

/// <summary>What is decided on an image, and why.</summary>
public sealed record LifecycleVerdict
{
    /// <summary>Which image.</summary>
    public required string Digest { get; init; }

    /// <summary>Why it goes or stays.</summary>
    public required LifecycleReason Reason { get; init; }

    /// <summary>What becomes of it; null when it stays.</summary>
    public LifecycleAction? Action { get; init; }

    /// <summary>The rule that took it, would take it, or has it in its measure; null when no rule is about it.</summary>
    public LifecycleRule? Rule { get; init; }

    /// <summary>The indexes that hold it, or the image it follows.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>What was decided on; see <see cref="LifecycleImage.Mark"/>.</summary>
    public required long Mark { get; init; }

    /// <summary>The reason as people say it.</summary>
    public string Explain() => Reason switch
    {
        LifecycleReason.BeyondCount => $"rule {Rule!.Priority} keeps the {Rule.Number} youngest of its images, and this is older",
        LifecycleReason.TooOld => $"{Clock} more than the {Rule!.Number} days of rule {Rule.Priority} ago",
        LifecycleReason.WithinCount => $"among the {Rule!.Number} youngest images of rule {Rule.Priority}, which shields it from later rules",
        LifecycleReason.NotTooOld =>
            $"{Clock} not more than the {Rule!.Number} days of rule {Rule.Priority} ago, which shields it from later rules",
        LifecycleReason.Held => $"rule {Rule!.Priority} would take it, but an index that stays lists it: {string.Join(", ", Others)}",
        LifecycleReason.FollowsSubject => $"goes and stays with the image it is about, {Others[0]}",
        LifecycleReason.FollowsIndex => $"goes and stays with the index that lists it: {string.Join(", ", Others)}",
        LifecycleReason.Activating => "on its way out of the archive",
        _ => "no rule is about it",
    };

    private string Clock => Rule!.Measure switch
    {
        LifecycleMeasure.SincePulled => "last pulled, restored or pushed",
        LifecycleMeasure.SinceTransitioned => "archived",
        _ => "pushed or restored",
    };
}

/// <summary>Why an image goes or stays.</summary>
public enum LifecycleReason
{
    /// <summary>No rule is about it.</summary>
    NoRule,

    /// <summary>It goes: younger images fill the rule's number.</summary>
    BeyondCount,

    /// <summary>It goes: it is older than the rule's days.</summary>
    TooOld,

    /// <summary>It stays: it is among the rule's number of youngest, and rules after that one cannot reach it.</summary>
    WithinCount,

    /// <summary>It stays: it is not older than the rule's days, and rules after that one cannot reach it.</summary>
    NotTooOld,

    /// <summary>It stays, although a rule would take it: an index that stays lists it.</summary>
    Held,

    /// <summary>It is about another image of the repository, and goes or stays with that.</summary>
    FollowsSubject,

    /// <summary>An index lists it, and it goes or stays with that.</summary>
    FollowsIndex,

    /// <summary>It stays: it is being brought back out of the archive.</summary>
    Activating,
}
