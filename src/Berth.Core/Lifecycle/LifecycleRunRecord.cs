using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>What a run did in one transaction, or what a preview found, as one event of the trail tells it: at most ten images.</summary>
public sealed record LifecycleRunRecord
{
    /// <summary>The most images of an event ("Example: lifecycle policy" in ECR's chapter on CloudTrail).</summary>
    public const int MaxImages = 10;

    /// <summary>Whose images.</summary>
    public required RepositoryId Repository { get; init; }

    /// <summary>The policy that was run or previewed.</summary>
    public required StoredLifecyclePolicy Policy { get; init; }

    /// <summary>What was taken, or would be, and by which rule.</summary>
    public IReadOnlyList<LifecycleImageAction> Actions { get; init; } = [];

    /// <summary>What could not be taken, or cannot.</summary>
    public IReadOnlyList<LifecycleImageFailure> Failures { get; init; } = [];

    /// <summary>The records of some images; none of none.</summary>
    public static IEnumerable<LifecycleRunRecord> Of(
        RepositoryId repository, StoredLifecyclePolicy policy, IReadOnlyList<LifecycleImageAction> taken, IReadOnlyList<LifecycleImageFailure> failed) =>
        taken.Select(action => (Action: action, Failure: (LifecycleImageFailure?)null))
            .Concat(failed.Select(failure => (Action: (LifecycleImageAction)null!, Failure: (LifecycleImageFailure?)failure)))
            .Chunk(MaxImages)
            .Select(images => new LifecycleRunRecord
            {
                Repository = repository,
                Policy = policy,
                Actions = [.. images.Where(image => image.Failure is null).Select(image => image.Action)],
                Failures = [.. images.Where(image => image.Failure is not null).Select(image => image.Failure!)],
            });
}

/// <summary>An image that was taken.</summary>
/// <param name="Image">As it was.</param>
/// <param name="RulePriority">By which rule.</param>
public sealed record LifecycleImageAction(LifecycleImage Image, int RulePriority);

/// <summary>An image that a rule would take and could not.</summary>
/// <param name="Image">Which.</param>
/// <param name="RulePriority">The rule.</param>
/// <param name="Code">ECR's code.</param>
/// <param name="Reason">ECR's sentence.</param>
public sealed record LifecycleImageFailure(LifecycleImage Image, int RulePriority, string Code, string Reason)
{
    /// <summary>An index lists it.</summary>
    internal static LifecycleImageFailure ReferencedByIndex(LifecycleImage image, int priority, IReadOnlyList<Digest> indexes) => new(
        image, priority, "ImageReferencedByManifestList", $"Requested image referenced by manifest list: [{string.Join(", ", indexes)}]");
}
