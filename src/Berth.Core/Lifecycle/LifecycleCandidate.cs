using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>What is kept of an image while all are read: little, for there may be many.</summary>
internal readonly record struct LifecycleCandidate
{
    /// <summary>Which image.</summary>
    public required string Digest { get; init; }

    /// <summary>A bit for each rule that is about it and matters, the first rule's the lowest.</summary>
    public required ulong Rules { get; init; }

    /// <summary>How young it is.</summary>
    public required long ActiveSince { get; init; }

    /// <summary>See <see cref="LifecycleImage.Mark"/>.</summary>
    public required long Mark { get; init; }

    /// <summary>Whether it can be pulled.</summary>
    public required ImageStatus Status { get; init; }

    /// <summary>Whether it has a tag.</summary>
    public required bool IsTagged { get; init; }

    /// <summary>Whether it has passed the days of the first of its rules.</summary>
    public required bool IsTooOld { get; init; }
}
