using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berth.Lifecycle;

/// <summary>Prints a policy as ECR answers it: minified, members in the order of its guide. Nothing is added that was not written.</summary>
internal static class LifecyclePrinter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(LifecyclePolicy policy)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("rules");
            foreach (var rule in policy.Rules)
            {
                Print(json, rule);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Print(Utf8JsonWriter json, LifecycleRule rule)
    {
        json.WriteStartObject();
        json.WriteNumber("rulePriority", rule.Priority);
        PrintWritten(json, "description", rule.Description);
        json.WriteStartObject("selection");
        json.WriteString("tagStatus", LifecycleWords.Of(LifecycleWords.TagStatuses, rule.TagStatus));
        PrintWritten(json, "tagPrefixList", rule.TagPrefixes);
        PrintWritten(json, "tagPatternList", rule.TagPatterns);
        PrintWritten(json, "storageClass", rule.StorageClass);
        json.WriteString("countType", LifecycleWords.Of(LifecycleWords.Measures, rule.Measure));
        PrintWritten(json, "countUnit", rule.Measure is LifecycleMeasure.ImageCount ? null : LifecycleWords.Days);
        json.WriteNumber("countNumber", rule.Number);
        json.WriteEndObject();
        json.WriteStartObject("action");
        json.WriteString("type", LifecycleWords.Of(LifecycleWords.Actions, rule.Action));
        PrintWritten(json, "targetStorageClass", rule.Action is LifecycleAction.Transition ? LifecycleWords.Archive : null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void PrintWritten(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void PrintWritten(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
