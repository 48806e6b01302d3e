using System.Text;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An AWS key and value on a repository (AWS General Reference, "Tagging": keys 1 to 128, values 0 to 256 characters).</summary>
public sealed record ResourceTag(string Key, string Value)
{
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    /// <summary>Checks a set of tags as it was given. The fault <see cref="ResourceTagInvalid"/> says which breaks what.</summary>
    public static void Check(IReadOnlyList<ResourceTag> tags)
    {
        foreach (var tag in tags)
        {
            CheckKey(tag.Key);
            if (tag.Value.Length > MaxValue || !IsAllowed(tag.Value))
            {
                throw Invalid($"the value of the tag '{tag.Key}' must be at most {MaxValue} letters, digits, spaces or any of + - = . _ : / @");
            }
        }

        if (tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw Invalid($"the tag key '{twice.Key}' is given more than once");
        }
    }

    /// <summary>Checks one key, as it is given to untag.</summary>
    public static void CheckKey(string key)
    {
        if (key.Length is 0 or > MaxKey || !IsAllowed(key))
        {
            throw Invalid($"a tag key must be 1 to {MaxKey} letters, digits, spaces or any of + - = . _ : / @");
        }

        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("tag keys that begin with 'aws:' are reserved");
        }
    }

    private static bool IsAllowed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var isMark = rune.IsAscii && "+-=._:/@".Contains((char)rune.Value, StringComparison.Ordinal);
            if (!isMark && !Rune.IsLetterOrDigit(rune) && rune.Value != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static FaultException Invalid(string reason) => new ResourceTagInvalid(reason).AsException();
}
