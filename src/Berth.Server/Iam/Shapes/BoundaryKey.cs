using Berth.Policy;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Shapes;

/// <summary>The condition key by which administrators allow others to make users and roles, but none without a certain boundary.</summary>
internal static class BoundaryKey
{
    /// <summary>The key for a call that sets a boundary, or sets none.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(string? boundary) =>
        boundary is null ? [] : [KeyValuePair.Create(BoundedActions.Key, ContextValue.One(boundary))];
}
