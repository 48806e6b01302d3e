using System.Text;
using System.Text.Json;
using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>
/// What a trail says of a run or a preview ("Example: Amazon ECR image lifecycle policy action" in ECR's chapter on CloudTrail). Moments
/// are Unix milliseconds.
/// </summary>
public static class LifecycleEvent
{
    /// <summary>The name of a run's event.</summary>
    public const string OfRun = "PolicyExecutionEvent";

    /// <summary>The name of a preview's event.</summary>
    public const string OfPreview = "DryRunEvent";

    // As many as CloudTrail lists of one image.
    private const int MaxTags = 100;

    private static readonly Dictionary<LifecycleMeasure, string> Measures = new()
    {
        [LifecycleMeasure.ImageCount] = "Image count more than",
        [LifecycleMeasure.SincePushed] = "Since image pushed",
        [LifecycleMeasure.SincePulled] = "Since image pulled",
        [LifecycleMeasure.SinceTransitioned] = "Since image transitioned",
    };

    /// <summary>The member <c>serviceEventDetails</c>, as JSON.</summary>
    public static string DetailsOf(LifecycleRunRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("repositoryName", record.Repository.Name.ToString());
            WritePolicy(json, record.Policy);
            json.WriteStartArray("lifecycleEventImageActions");
            foreach (var action in record.Actions)
            {
                json.WriteStartObject();
                WriteImage(json, action.Image);
                json.WriteNumber("rulePriority", action.RulePriority);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("lifecycleEventFailureDetails");
            foreach (var failure in record.Failures)
            {
                json.WriteStartObject();
                WriteImage(json, failure.Image);
                json.WriteNumber("rulePriority", failure.RulePriority);
                json.WriteString("failureCode", failure.Code);
                json.WriteString("failureReason", failure.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WritePolicy(Utf8JsonWriter json, StoredLifecyclePolicy policy)
    {
        json.WriteStartObject("lifecycleEventPolicy");
        json.WriteStartArray("lifecycleEventRules");
        foreach (var rule in LifecyclePolicy.Parse(policy.Text, expiresByPull: true).Rules)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteNumber("lastEvaluatedAt", policy.EvaluatedAt?.ToUnixTimeMilliseconds() ?? 0);
        json.WriteNumber("policyVersion", policy.Version);
        json.WriteString("policyId", policy.Id);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, LifecycleRule rule)
    {
        json.WriteStartObject();
        json.WriteNumber("rulePriority", rule.Priority);
        json.WriteString("description", rule.Description ?? "");
        json.WriteStartObject("lifecycleEventSelection");
        json.WriteString("tagStatus", rule.TagStatus switch
        {
            TagStatus.Tagged => "Tagged",
            TagStatus.Untagged => "Untagged",
            _ => "Any",
        });
        WriteTexts(json, "tagPrefixList", rule.TagPrefixes);
        if (rule.TagPatterns.Count > 0)
        {
            WriteTexts(json, "tagPatternList", rule.TagPatterns);
        }

        json.WriteString("countType", Measures[rule.Measure]);
        json.WriteNumber("countNumber", rule.Number);
        json.WriteEndObject();
        json.WriteString("action", LifecycleWords.Of(LifecycleWords.Actions, rule.Action));
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, LifecycleImage image)
    {
        json.WriteStartObject("lifecycleEventImage");
        json.WriteString("digest", image.Digest);
        json.WriteString("tagStatus", image.Tags.Count > 0 ? "Tagged" : "Untagged");
        WriteTexts(json, "tagList", image.Tags.Take(MaxTags));
        json.WriteNumber("pushedAt", image.PushedAt);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
