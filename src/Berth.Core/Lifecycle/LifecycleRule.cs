using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>One rule of a lifecycle policy: which images it is about, and what becomes of those beyond its measure.</summary>
public sealed record LifecycleRule
{
    /// <summary>Its place in the policy, from 1; the lowest number is applied first.</summary>
    public required int Priority { get; init; }

    /// <summary>What its author says of it.</summary>
    public string? Description { get; init; }

    /// <summary>Which images it is about, by whether they have tags.</summary>
    public required TagStatus TagStatus { get; init; }

    /// <summary>Beginnings of tags: an image must have a tag for each of them. Empty where patterns stand.</summary>
    public IReadOnlyList<string> TagPrefixes { get; init; } = [];

    /// <summary>Patterns with at most four <c>*</c>: an image must have a tag for each of them. Empty where prefixes stand.</summary>
    public IReadOnlyList<string> TagPatterns { get; init; } = [];

    /// <summary>The storage class that was written, <c>standard</c> or <c>archive</c>; null when none was.</summary>
    public string? StorageClass { get; init; }

    /// <summary>What is measured.</summary>
    public required LifecycleMeasure Measure { get; init; }

    /// <summary>How many images stay, or how many days they do.</summary>
    public required int Number { get; init; }

    /// <summary>What becomes of the images beyond the measure.</summary>
    public required LifecycleAction Action { get; init; }

    /// <summary>Whether it is about images in the archive instead of those that can be pulled.</summary>
    public bool IsOfArchive => string.Equals(StorageClass, LifecycleWords.Archive, StringComparison.Ordinal);
}

/// <summary>What a rule measures (the document's <c>countType</c>).</summary>
public enum LifecycleMeasure
{
    /// <summary>How many images there are; the youngest stay.</summary>
    ImageCount,

    /// <summary>Days since an image was pushed.</summary>
    SincePushed,

    /// <summary>Days since it was last pulled.</summary>
    SincePulled,

    /// <summary>Days since it was archived.</summary>
    SinceTransitioned,
}

/// <summary>What a rule does to an image.</summary>
public enum LifecycleAction
{
    /// <summary>It is deleted.</summary>
    Expire,

    /// <summary>It is archived.</summary>
    Transition,
}
