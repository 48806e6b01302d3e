using Berth.Policy;

namespace Berth.Server.Iam.Shapes;

/// <summary>The condition key by which administrators allow others to attach certain policies only.</summary>
internal static class PolicyKey
{
    /// <summary>The key for a call that attaches a policy or detaches one.</summary>
    public static IEnumerable<KeyValuePair<string, ContextValue>> Of(string arn) =>
        [KeyValuePair.Create("iam:PolicyARN", ContextValue.One(arn))];
}
