using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types;

/// <summary>The names and times by which resources are known to be those of a stack.</summary>
internal static class PhysicalNames
{
    /// <summary>
    /// The name that a resource gets whose template gives none: <c>stack-LogicalId-SUFFIX</c>. Of one that is too long the stack's name and
    /// the logical id are cut, to about half of the room each; what one of them does not need the other has.
    /// </summary>
    public static string NameOf(this ResourceWork work, int longest)
    {
        var room = longest - work.Suffix.Length - 2;
        var forStack = Math.Min(work.StackName.Length, Math.Max((room + 1) / 2, room - work.LogicalId.Length));
        var forId = Math.Min(work.LogicalId.Length, room - forStack);
        return $"{work.StackName[..forStack]}-{work.LogicalId[..forId]}-{work.Suffix}";
    }

    /// <summary>
    /// Whether what was made at a time can have been made by an earlier attempt; some times are kept in whole seconds, so the second counts.
    /// </summary>
    public static bool MayHaveMade(this ResourceWork work, DateTimeOffset createdAt) =>
        work.IsRetry && createdAt.ToUnixTimeSeconds() >= work.BegunAt.ToUnixTimeSeconds();
}
