using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A tag (EC2's shape <c>Tag</c>).</summary>
internal sealed record TagEntry
{
    public string? Key { get; init; }

    public string? Value { get; init; }

    /// <summary>Tags as they are answered.</summary>
    public static IReadOnlyList<TagEntry> All(IEnumerable<NetworkTag> tags) => [.. tags.Select(tag => new TagEntry { Key = tag.Key, Value = tag.Value })];

    /// <summary>Tags as they were given.</summary>
    public static IReadOnlyList<NetworkTag> Read(IReadOnlyList<TagEntry>? tags) => [.. (tags ?? []).Select(tag => new NetworkTag(tag.Key ?? "", tag.Value ?? ""))];
}

/// <summary>The tags that something of a kind is made with (EC2's shape <c>TagSpecification</c>).</summary>
internal sealed record TagSpecification
{
    public string? ResourceType { get; init; }

    [JsonPropertyName("Tag")]
    public IReadOnlyList<TagEntry>? Tags { get; init; }

    /// <summary>The tags for something of a kind.</summary>
    public static IReadOnlyList<NetworkTag> TagsOf(IReadOnlyList<TagSpecification>? all, NetworkKind kind) =>
        TagEntry.Read((all ?? []).FirstOrDefault(one => string.Equals(one.ResourceType, kind.Name, StringComparison.Ordinal))?.Tags);

    /// <summary>Returns when tags may be given to what a call makes; otherwise the fault is <see cref="NetworkRefused"/>.</summary>
    public static void Check(Call call, IReadOnlyList<TagSpecification>? all, IReadOnlyList<NetworkKind> kinds)
    {
        foreach (var one in all ?? [])
        {
            if (!kinds.Any(kind => string.Equals(kind.Name, one.ResourceType, StringComparison.Ordinal)))
            {
                throw NetworkRefused.Invalid($"'{one.ResourceType}' is not a valid taggable resource type for this operation.").AsException();
            }

            NewTags.Check(call, TagEntry.Read(one.Tags));
        }

        if ((all ?? []).DistinctBy(one => one.ResourceType, StringComparer.Ordinal).Count() < (all?.Count ?? 0))
        {
            throw NetworkRefused.Invalid("Tag specification resource type can only be specified once.").AsException();
        }
    }
}

/// <summary>What holds for tags that callers give.</summary>
internal static class NewTags
{
    private const int LongestKey = 127;
    private const int LongestValue = 255;
    private const string Reserved = "aws:";

    // Stacks tag what they make with their own ids.
    private const string Stacks = "cloudformation.amazonaws.com";

    /// <summary>Returns when tags may be given together; otherwise the fault is <see cref="NetworkRefused"/>.</summary>
    public static void Check(Call call, IReadOnlyList<NetworkTag> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key.Length is 0)
            {
                throw NetworkRefused.Invalid("Tag key cannot be empty").AsException();
            }

            if (tag.Key.Length > LongestKey || tag.Value.Length > LongestValue)
            {
                throw NetworkRefused.Invalid($"Tag {(tag.Key.Length > LongestKey ? "key" : "value")} exceeds the maximum length of {(tag.Key.Length > LongestKey ? LongestKey : LongestValue)} characters").AsException();
            }

            CheckReserved(call, tag.Key);
        }

        if (tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() < tags.Count)
        {
            throw NetworkRefused.Invalid("Duplicate tag keys are not allowed").AsException();
        }
    }

    /// <summary>Refuses a key that only AWS's own services set.</summary>
    public static void CheckReserved(Call call, string key)
    {
        if (key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) && call.Circumstances.Via is not Stacks)
        {
            throw NetworkRefused.Invalid("Tag keys starting with 'aws:' are reserved for internal use").AsException();
        }
    }
}
