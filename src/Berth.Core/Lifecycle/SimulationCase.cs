using System.Globalization;
using System.Text.Json;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>A case for the offline tool: images, a policy, and the moment it is evaluated at, as one JSON object.</summary>
/// <param name="Rules">The rules, with every image added.</param>
/// <param name="Count">How many images there are.</param>
public sealed record SimulationCase(LifecycleRules Rules, int Count)
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 12, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads <c>{"now", "images": [{"digest", "tags", "pushedAt", "lastPulledAt", "lastArchivedAt", "lastActivatedAt", "storageClass",
    /// "status", "subject", "references"}], "policy"}</c>; times are ISO 8601, and members it does not know are passed over.
    /// One that is none is a <see cref="FormatException"/>, a policy that is none the fault <see cref="LifecyclePolicyInvalid"/>.
    /// </summary>
    public static SimulationCase Read(string line, bool expiresByPull, bool indexIsUnit)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Bounds);
            var root = json.RootElement;
            var policy = Member(root, "policy");
            var rules = new LifecycleRules(
                LifecyclePolicy.Parse(policy.ValueKind is JsonValueKind.String ? policy.GetString()! : policy.GetRawText(), expiresByPull),
                DateTimeOffset.FromUnixTimeMilliseconds(Time(root, "now") ?? throw new FormatException("'now' is missing")),
                indexIsUnit);
            var digests = new HashSet<string>(StringComparer.Ordinal);
            foreach (var element in Member(root, "images").EnumerateArray())
            {
                var image = ReadImage(element);
                rules.Add(digests.Add(image.Digest) ? image : throw new FormatException($"the digest '{image.Digest}' stands twice"));
            }

            return new(rules, digests.Count);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(unreadable.Message, unreadable);
        }
    }

    private static LifecycleImage ReadImage(JsonElement image) => new()
    {
        Digest = Text(image, "digest") ?? throw new FormatException("an image has no 'digest'"),
        Tags = [.. Texts(image, "tags").Order(StringComparer.Ordinal)],
        PushedAt = Time(image, "pushedAt") ?? throw new FormatException("an image has no 'pushedAt'"),
        PulledAt = Time(image, "lastPulledAt"),
        ArchivedAt = Time(image, "lastArchivedAt"),
        ActivatedAt = Time(image, "lastActivatedAt"),
        Status = StatusOf(image),
        Subject = Text(image, "subject"),
        References = [.. Texts(image, "references")],
    };

    private static ImageStatus StatusOf(JsonElement image) => (Text(image, "status"), Text(image, "storageClass")) switch
    {
        ("ACTIVE", _) or (null, null or LifecycleWords.Standard) => ImageStatus.Active,
        ("ARCHIVED", _) or (null, LifecycleWords.Archive) => ImageStatus.Archived,
        ("ACTIVATING", _) => ImageStatus.Activating,
        (null, var other) => throw new FormatException($"'{other}' is no storage class; allowed are standard and archive"),
        var (other, _) => throw new FormatException($"'{other}' is no status; allowed are ACTIVE, ARCHIVED and ACTIVATING"),
    };

    private static JsonElement Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw new FormatException($"'{name}' is missing");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            ? value.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException($"'{name}' holds a null"))
            : [];

    private static long? Time(JsonElement element, string name) =>
        Text(element, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds()
        : throw new FormatException($"'{name}' is no time: '{text}'");
}
