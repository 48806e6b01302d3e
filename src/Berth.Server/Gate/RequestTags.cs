using Berth.Policy;

namespace Berth.Server.Gate;

/// <summary>The condition keys of calls that carry tags (IAM User Guide, "Controlling access during AWS requests").</summary>
internal static class RequestTags
{
    /// <summary><c>aws:RequestTag/...</c> for each tag, and <c>aws:TagKeys</c> for all.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(IReadOnlyCollection<KeyValuePair<string, string>> tags) =>
        tags.Select(tag => KeyValuePair.Create($"aws:RequestTag/{tag.Key}", ContextValue.One(tag.Value)))
            .Concat(OfKeys([.. tags.Select(tag => tag.Key)]));

    /// <summary><c>aws:TagKeys</c>, for a call that names keys alone.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> OfKeys(IReadOnlyList<string> keys) =>
        keys.Count == 0 ? [] : [KeyValuePair.Create("aws:TagKeys", ContextValue.Several(keys))];
}
