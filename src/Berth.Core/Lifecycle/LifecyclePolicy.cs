using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>A lifecycle policy that keeps every rule ECR has on one.</summary>
public sealed record LifecyclePolicy
{
    /// <summary>The most characters of a document (quota "Lifecycle policy length").</summary>
    public const int MaxLength = 30_720;

    // A document that is right is five deep: object, rules, rule, selection, list.
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The rules, the lowest priority number first.</summary>
    public required IReadOnlyList<LifecycleRule> Rules { get; init; }

    /// <summary>The document as it is kept and answered: minified, its rules by priority.</summary>
    public string Text => field ??= LifecyclePrinter.Print(this);

    /// <summary>
    /// Reads a document. One that is none is the fault <see cref="LifecyclePolicyInvalid"/> with what ECR's validator says: every flaw
    /// of its form, or when it has none, every rule it breaks.
    /// </summary>
    /// <param name="text">JSON.</param>
    /// <param name="expiresByPull">Whether <c>expire</c> may go with <c>sinceImagePulled</c>, which ECR refuses.</param>
    public static LifecyclePolicy Parse(string text, bool expiresByPull = false)
    {
        if (text.Length > MaxLength)
        {
            throw Unmapped();
        }

        try
        {
            using var document = JsonDocument.Parse(text, Bounds);
            return Read(document.RootElement, expiresByPull);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, or with half of a surrogate pair in it.
            throw Unmapped();
        }
    }

    private static LifecyclePolicy Read(JsonElement document, bool expiresByPull)
    {
        if (document.ValueKind is not JsonValueKind.Object)
        {
            throw Unmapped();
        }

        Refuse(LifecycleSchema.FlawsOf(document));
        var policy = new LifecyclePolicy
        {
            Rules = [.. document.GetProperty("rules").EnumerateArray().Select(ReadRule).OrderBy(rule => rule.Priority)],
        };
        Refuse(LifecycleConsistency.FlawsOf(policy.Rules, expiresByPull));
        return policy;
    }

    private static LifecycleRule ReadRule(JsonElement rule)
    {
        var selection = rule.GetProperty("selection");
        return new()
        {
            Priority = rule.GetProperty("rulePriority").GetInt32(),
            Description = TextOf(rule, "description"),
            TagStatus = LifecycleWords.TagStatuses[TextOf(selection, "tagStatus")!],
            TagPrefixes = ListOf(selection, "tagPrefixList"),
            TagPatterns = ListOf(selection, "tagPatternList"),
            StorageClass = TextOf(selection, "storageClass"),
            Measure = LifecycleWords.Measures[TextOf(selection, "countType")!],
            Number = selection.GetProperty("countNumber").GetInt32(),
            Action = LifecycleWords.Actions[TextOf(rule.GetProperty("action"), "type")!],
        };
    }

    private static string? TextOf(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> ListOf(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];

    private static void Refuse(IReadOnlyList<string> flaws)
    {
        if (flaws.Count > 0)
        {
            throw new LifecyclePolicyInvalid(flaws).AsException();
        }
    }

    private static FaultException Unmapped() => new LifecyclePolicyInvalid(["Could not map policyString into LifecyclePolicy."]).AsException();
}
