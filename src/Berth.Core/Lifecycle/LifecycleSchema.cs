using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berth.Lifecycle;

/// <summary>
/// The form of a lifecycle policy document, and what ECR's validator says of one that has another. It names all flaws it sees, from the
/// outside in; a value that is no such thing at all is not looked into.
/// </summary>
internal sealed class LifecycleSchema
{
    private const int MaxRules = 50;
    private const int MaxFlaws = 20;
    private const int LongestPrinted = 200;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> flaws = [];

    /// <summary>What is wrong with the form of a document, at most 20 sentences; none when nothing is.</summary>
    public static IReadOnlyList<string> FlawsOf(JsonElement document)
    {
        var schema = new LifecycleSchema();
        schema.CheckDocument(document);
        return [.. schema.flaws.Take(MaxFlaws)];
    }

    private void CheckDocument(JsonElement document)
    {
        CheckMembers(document, required: ["rules"], optional: []);
        if (document.TryGetProperty("rules", out var rules))
        {
            CheckList(rules, MaxRules, CheckRule);
        }
    }

    private void CheckRule(JsonElement rule)
    {
        if (!Is(rule, "object"))
        {
            return;
        }

        CheckMembers(rule, required: ["action", "rulePriority", "selection"], optional: ["description"]);
        Check(rule, "rulePriority", value => CheckNumber(value, atLeast: 1));
        Check(rule, "description", value => Is(value, "string"));
        Check(rule, "selection", CheckSelection);
        Check(rule, "action", CheckAction);
    }

    private void CheckSelection(JsonElement selection)
    {
        if (!Is(selection, "object"))
        {
            return;
        }

        var before = flaws.Count;
        CheckMembers(
            selection,
            required: ["countNumber", "countType", "tagStatus"],
            optional: ["countUnit", "storageClass", "tagPatternList", "tagPrefixList"]);
        Check(selection, "tagStatus", value => CheckWord(value, LifecycleWords.TagStatuses.Keys));
        Check(selection, "tagPatternList", value => CheckList(value, int.MaxValue, CheckTag));
        Check(selection, "tagPrefixList", value => CheckList(value, int.MaxValue, CheckTag));
        Check(selection, "storageClass", value => CheckWord(value, [LifecycleWords.Archive, LifecycleWords.Standard]));
        Check(selection, "countType", value => Is(value, "string"));
        Check(selection, "countUnit", value => CheckWord(value, [LifecycleWords.Days]));
        Check(selection, "countNumber", value => CheckNumber(value, atLeast: 1));
        if (flaws.Count == before && !IsMeasure(selection))
        {
            flaws.Add("instance failed to match exactly one schema (matched 0 out of 4)");
        }
    }

    // One of ECR's four: a count has no unit; days have; only what was transitioned lies in the archive.
    private static bool IsMeasure(JsonElement selection)
    {
        var isOfArchive = selection.TryGetProperty("storageClass", out var storageClass) && storageClass.ValueEquals(LifecycleWords.Archive);
        var hasUnit = selection.TryGetProperty("countUnit", out _);
        return LifecycleWords.Measures.TryGetValue(selection.GetProperty("countType").GetString()!, out var measure)
            && hasUnit == measure is not LifecycleMeasure.ImageCount
            && isOfArchive == measure is LifecycleMeasure.SinceTransitioned;
    }

    private void CheckAction(JsonElement action)
    {
        if (!Is(action, "object"))
        {
            return;
        }

        var before = flaws.Count;
        CheckMembers(action, required: ["type"], optional: ["targetStorageClass"]);
        Check(action, "type", value => CheckWord(value, LifecycleWords.Actions.Keys));
        if (flaws.Count > before)
        {
            return;
        }

        // ECR answers one sentence for whatever is wrong with the pair.
        var isTransition = LifecycleWords.Actions[action.GetProperty("type").GetString()!] is LifecycleAction.Transition;
        var hasTarget = action.TryGetProperty("targetStorageClass", out var target);
        if (hasTarget != isTransition || (hasTarget && !(target.ValueKind is JsonValueKind.String && target.ValueEquals(LifecycleWords.Archive))))
        {
            flaws.Add("instance failed to match exactly one schema (matched 0 out of 2)");
        }
    }

    private void CheckMembers(JsonElement value, string[] required, string[] optional)
    {
        var names = value.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        if (required.Where(name => !names.Contains(name)).ToList() is { Count: > 0 } missing)
        {
            flaws.Add($"object has missing required properties ({Print(missing)})");
        }

        if (names.Except([.. required, .. optional], StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
        {
            flaws.Add($"object instance has properties which are not allowed by the schema: ({Print(unknown)})");
        }
    }

    private void CheckList(JsonElement value, int atMost, Action<JsonElement> checkItem)
    {
        if (!Is(value, "array"))
        {
            return;
        }

        var length = value.GetArrayLength();
        if (length == 0 || length > atMost)
        {
            flaws.Add(length == 0
                ? "array is too short: must have at least 1 elements but instance has 0 elements"
                : Invariant($"array is too long: must have at most {atMost} elements but instance has {length} elements"));
            return;
        }

        foreach (var item in value.EnumerateArray())
        {
            checkItem(item);
        }
    }

    private void CheckTag(JsonElement value)
    {
        if (Is(value, "string") && value.ValueEquals(""))
        {
            flaws.Add("string \"\" is too short (length: 0, required minimum: 1)");
        }
    }

    private void CheckWord(JsonElement value, IEnumerable<string> words)
    {
        if (Is(value, "string") && !words.Contains(value.GetString(), StringComparer.Ordinal))
        {
            flaws.Add($"instance value ({Cut(value.GetString()!)}) not found in enum :(possible values: {Print(words.Order(StringComparer.Ordinal))})");
        }
    }

    private void CheckNumber(JsonElement value, int atLeast)
    {
        if (!Is(value, "integer"))
        {
            return;
        }

        var digits = value.GetRawText();
        if (digits.StartsWith('-') || (value.TryGetInt32(out var number) && number < atLeast))
        {
            flaws.Add(Invariant($"numeric instance is lower than the required minimum (minimum: {atLeast}, found: {Cut(digits)})"));
        }
        else if (!value.TryGetInt32(out _))
        {
            flaws.Add(Invariant($"numeric instance is greater than the required maximum (maximum: {int.MaxValue}, found: {Cut(digits)})"));
        }
    }

    private static void Check(JsonElement value, string member, Action<JsonElement> check)
    {
        if (value.TryGetProperty(member, out var found))
        {
            check(found);
        }
    }

    private bool Is(JsonElement value, string type)
    {
        var found = TypeOf(value);
        if (string.Equals(found, type, StringComparison.Ordinal))
        {
            return true;
        }

        flaws.Add($"instance type ({found}) does not match any allowed primitive type (allowed: [\"{type}\"])");
        return false;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny(".eE") ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Print(IEnumerable<string> names) =>
        $"[{string.Join(", ", names.Take(MaxFlaws).Select(name => JsonSerializer.Serialize(Cut(name), Relaxed)))}]";

    private static string Cut(string text) => text.Length > LongestPrinted ? $"{text[..LongestPrinted]}..." : text;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
