using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Identity.Sessions;

/// <summary>The tags of a session, and which of them pass on to sessions that are made from it.</summary>
/// <param name="All">The tags.</param>
/// <param name="TransitiveKeys">The keys of those that pass on.</param>
public sealed record SessionTags(IReadOnlyList<EntityTag> All, IReadOnlyList<string> TransitiveKeys)
{
    /// <summary>No tags.</summary>
    public static SessionTags None { get; } = new([], []);

    /// <summary>
    /// The tags that are asked for together with those that the calling session passes on, which nobody can override. Keys
    /// that differ by case only are one key. Fault: <see cref="SessionTagsInvalid"/>.
    /// </summary>
    public static SessionTags Of(IReadOnlyList<EntityTag> asked, IReadOnlyList<string> transitive, Session? from)
    {
        var keys = asked.Select(tag => tag.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (keys.Count < asked.Count)
        {
            throw Invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }

        if (transitive.Any(key => !keys.Contains(key)))
        {
            throw Invalid("The specified transitive tag key must be included in the requested tags.");
        }

        var inherited = from?.TransitiveTagKeys ?? [];
        if (inherited.Any(keys.Contains))
        {
            throw Invalid("One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
        }

        var passedOn = (from?.Tags ?? []).Where(tag => inherited.Contains(tag.Key, StringComparer.OrdinalIgnoreCase));
        return new([.. asked, .. passedOn], [.. transitive.Distinct(StringComparer.OrdinalIgnoreCase), .. inherited]);
    }

    private static FaultException Invalid(string sentence) => new SessionTagsInvalid(sentence).AsException();
}
