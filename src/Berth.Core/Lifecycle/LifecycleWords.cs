using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>The words of a lifecycle policy document ("Lifecycle policy properties" in ECR's user guide).</summary>
internal static class LifecycleWords
{
    public const string Standard = "standard";
    public const string Archive = "archive";
    public const string Days = "days";

    public static IReadOnlyDictionary<string, TagStatus> TagStatuses { get; } = new Dictionary<string, TagStatus>(StringComparer.Ordinal)
    {
        ["any"] = TagStatus.Any,
        ["tagged"] = TagStatus.Tagged,
        ["untagged"] = TagStatus.Untagged,
    };

    public static IReadOnlyDictionary<string, LifecycleMeasure> Measures { get; } =
        new Dictionary<string, LifecycleMeasure>(StringComparer.Ordinal)
        {
            ["imageCountMoreThan"] = LifecycleMeasure.ImageCount,
            ["sinceImagePushed"] = LifecycleMeasure.SincePushed,
            ["sinceImagePulled"] = LifecycleMeasure.SincePulled,
            ["sinceImageTransitioned"] = LifecycleMeasure.SinceTransitioned,
        };

    public static IReadOnlyDictionary<string, LifecycleAction> Actions { get; } =
        new Dictionary<string, LifecycleAction>(StringComparer.Ordinal)
        {
            ["expire"] = LifecycleAction.Expire,
            ["transition"] = LifecycleAction.Transition,
        };

    /// <summary>The word that stands for a value.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> words, T value) =>
        words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;

    /// <summary>The name that rows and the API have for an action.</summary>
    public static string Wire(this LifecycleAction action) => action is LifecycleAction.Expire ? "EXPIRE" : "TRANSITION";
}
