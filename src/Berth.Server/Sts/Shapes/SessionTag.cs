using Berth.Identity.Entities;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Sts.Shapes;

/// <summary>A tag of a session.</summary>
internal sealed record SessionTag
{
    [Length(1, 128), Pattern(StsPatterns.TagKey)]
    public required string Key { get; init; }

    [Length(0, 256), Pattern(StsPatterns.TagValue)]
    public required string Value { get; init; }

    /// <summary>The tags of a request.</summary>
    public static IReadOnlyList<EntityTag> ToTags(IReadOnlyList<SessionTag>? tags) =>
        [.. (tags ?? []).Select(tag => new EntityTag(tag.Key, tag.Value))];
}
