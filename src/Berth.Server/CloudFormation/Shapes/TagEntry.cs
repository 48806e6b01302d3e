using Berth.Identity.Entities;
using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A tag of a stack.</summary>
internal sealed record TagEntry
{
    [Length(1, 128)]
    public required string Key { get; init; }

    [Length(1, 256)]
    public required string Value { get; init; }

    /// <summary>Tags as they are answered; nothing for none.</summary>
    public static IReadOnlyList<TagEntry>? Of(IReadOnlyList<EntityTag> tags) =>
        tags.Count == 0 ? null : [.. tags.Select(tag => new TagEntry { Key = tag.Key, Value = tag.Value })];

    /// <summary>Tags as they were given. Fault: <see cref="StackRequestInvalid"/>.</summary>
    public static IReadOnlyList<EntityTag> ToTags(IReadOnlyList<TagEntry>? entries)
    {
        EntityTag[] tags = [.. (entries ?? []).Select(entry => new EntityTag(entry.Key, entry.Value))];
        if (tags.FirstOrDefault(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { Key: { } reserved })
        {
            throw new StackRequestInvalid($"aws: prefixed tag key names are not allowed for external use: '{reserved}'").AsException();
        }

        return tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() == tags.Length
            ? tags
            : throw new StackRequestInvalid("Duplicate tag keys are not allowed").AsException();
    }
}
