using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Shapes;

/// <summary>A tag (IAM's shape <c>Tag</c>).</summary>
internal sealed record TagEntry
{
    [Length(1, 128), Pattern(Patterns.TagKey)]
    public required string Key { get; init; }

    [Length(0, 256), Pattern(Patterns.TagValue)]
    public required string Value { get; init; }

    /// <summary>Tags as they are answered; nothing for none.</summary>
    public static IReadOnlyList<TagEntry>? Of(IReadOnlyList<EntityTag> tags) => tags is [] ? null : All(tags);

    /// <summary>Tags as they are answered where there must be a list.</summary>
    public static IReadOnlyList<TagEntry> All(IReadOnlyList<EntityTag> tags) =>
        [.. tags.Select(tag => new TagEntry { Key = tag.Key, Value = tag.Value })];

    /// <summary>Tags as they were given.</summary>
    public static IReadOnlyList<EntityTag> ToTags(IReadOnlyList<TagEntry>? entries) =>
        [.. (entries ?? []).Select(entry => new EntityTag(entry.Key, entry.Value))];

    /// <summary>Those that a caller asked for.</summary>
    public static IReadOnlyList<EntityTag> Asked(Call call, IReadOnlyList<TagEntry>? entries) =>
        [.. ToTags(entries).Where(tag => !call.IsOfService(tag.Key))];

    /// <summary>Those that the service which makes the call sets by itself.</summary>
    public static IReadOnlyList<EntityTag> OfService(Call call, IReadOnlyList<TagEntry>? entries) =>
        [.. ToTags(entries).Where(tag => call.IsOfService(tag.Key))];

    /// <summary>The condition keys of a call that carries them.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Keys(IReadOnlyList<TagEntry>? entries) =>
        RequestTags.Of([.. (entries ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value))]);
}
