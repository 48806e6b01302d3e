using Berth.Identity.Entities;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types;

/// <summary>A tag in a template.</summary>
internal sealed record TagProperty
{
    public required string Key { get; init; }

    public required string Value { get; init; }
}

/// <summary>The tags that a resource carries: those of its stack, its own, which count before, and those that say where it belongs.</summary>
internal static class ResourceTagSet
{
    /// <summary>The beginning of the keys that only CloudFormation sets.</summary>
    public const string Reserved = "aws:cloudformation:";

    /// <summary>What is said to a key that callers cannot set.</summary>
    public const string ReservedRefusal = "aws: prefixed tag key names are not allowed for external use.";

    /// <summary>The key of the tag that tells an attempt's own work from anybody's; see <see cref="ResourceWork.Suffix"/>.</summary>
    public const string Attempt = Reserved + "berth-attempt";

    /// <summary>All tags of a resource that is to be made.</summary>
    public static IReadOnlyList<EntityTag> Of(ResourceWork work, IReadOnlyList<TagProperty>? own) =>
    [
        .. Merge(work.Tags, own),
        new($"{Reserved}stack-name", work.StackName),
        new($"{Reserved}stack-id", work.StackId),
        new($"{Reserved}logical-id", work.LogicalId),
    ];

    /// <summary>The tags of a resource on which CloudFormation sets none.</summary>
    public static IReadOnlyList<EntityTag> Given(ResourceWork work, IReadOnlyList<TagProperty>? own) => Merge(work.Tags, own);

    /// <summary>What changes between the tags that it had and those that it is to have.</summary>
    public static TagChange Between(ResourceWork work, IReadOnlyList<TagProperty>? before, IReadOnlyList<TagProperty>? after)
    {
        var (old, wanted) = (Merge(work.FormerTags, before), Merge(work.Tags, after));
        var keys = wanted.Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. wanted.Except(old)],
            [.. old.Select(tag => tag.Key).Where(key => !keys.Contains(key))]);
    }

    private static IReadOnlyList<EntityTag> Merge(IReadOnlyList<EntityTag> ofStack, IReadOnlyList<TagProperty>? own)
    {
        if (ofStack.Any(tag => !RequestTags.IsAsked(tag.Key)))
        {
            throw new ResourcePropertiesInvalid(ReservedRefusal).AsException();
        }

        var keys = (own ?? []).Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        return [.. ofStack.Where(tag => !keys.Contains(tag.Key)), .. (own ?? []).Select(tag => new EntityTag(tag.Key, tag.Value))];
    }
}

/// <summary>How the tags of a resource change.</summary>
/// <param name="Put">Those that are new or have another value.</param>
/// <param name="Gone">The keys that it has no more.</param>
internal sealed record TagChange(IReadOnlyList<EntityTag> Put, IReadOnlyList<string> Gone);
