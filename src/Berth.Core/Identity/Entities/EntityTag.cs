using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>A tag on an IAM entity or a session.</summary>
/// <param name="Key">Whose case is kept, and does not count.</param>
/// <param name="Value">May be empty.</param>
public readonly record struct EntityTag(string Key, string Value)
{
    /// <summary>Returns when tags may be given together; otherwise the fault is <see cref="IdentityInputInvalid"/>.</summary>
    public static void Check(IReadOnlyList<EntityTag> tags)
    {
        if (tags.DistinctBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Count() < tags.Count)
        {
            throw new IdentityInputInvalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.").AsException();
        }

        CheckKeys(tags.Select(tag => tag.Key));
    }

    /// <summary>Returns when a caller may name the keys; otherwise the fault is <see cref="IdentityInputInvalid"/>.</summary>
    public static void CheckKeys(IEnumerable<string> keys)
    {
        if (keys.Any(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
        {
            throw new IdentityInputInvalid("tag keys that begin with 'aws:' are reserved").AsException();
        }
    }
}
