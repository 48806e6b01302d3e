using Berth.Identity.Entities;
using Berth.Policy;

namespace Berth.Server.Iam.Shapes;

/// <summary>The condition keys of an entity under an ARN that it does not have yet.</summary>
internal static class ResourceTags
{
    /// <summary><c>aws:ResourceTag/...</c>, and <c>iam:ResourceTag/...</c> for the same.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(IReadOnlyList<EntityTag> tags) =>
        from tag in tags
        from service in (string[])["aws", "iam"]
        select KeyValuePair.Create($"{service}:ResourceTag/{tag.Key}", ContextValue.One(tag.Value));
}
