using Berth.Policy;

namespace Berth.Server.Gate;

/// <summary>The condition keys of calls that carry tags (IAM User Guide, "Controlling access during AWS requests").</summary>
internal static class RequestTags
{
    private const string Reserved = "aws:";

    /// <summary>
    /// <c>aws:RequestTag/...</c> for each tag, and <c>aws:TagKeys</c> for all. Those that services set by themselves are nobody's request.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(IReadOnlyCollection<KeyValuePair<string, string>> tags) =>
        tags.Where(tag => IsAsked(tag.Key))
            .Select(tag => KeyValuePair.Create($"aws:RequestTag/{tag.Key}", ContextValue.One(tag.Value)))
            .Concat(OfKeys([.. tags.Select(tag => tag.Key).Where(IsAsked)]));

    /// <summary>Whether a tag is one that a caller can ask for: no reserved one.</summary>
    public static bool IsAsked(string key) => !key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);

    /// <summary><c>aws:TagKeys</c>, for a call that names keys alone.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> OfKeys(IReadOnlyList<string> keys) =>
        keys.Count == 0 ? [] : [KeyValuePair.Create("aws:TagKeys", ContextValue.Several(keys))];
}
