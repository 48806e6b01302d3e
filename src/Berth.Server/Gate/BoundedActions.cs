using System.Collections.Frozen;

namespace Berth.Server.Gate;

/// <summary>
/// The actions whose condition key <c>iam:PermissionsBoundary</c> is the boundary that the user or role has: those that change what is
/// behind it. Of those that set a boundary it is the new one (Service Authorization Reference, "IAM").
/// </summary>
internal static class BoundedActions
{
    /// <summary>The condition key.</summary>
    public const string Key = "iam:PermissionsBoundary";

    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "iam:AttachRolePolicy",
        "iam:AttachUserPolicy",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DeleteUserPermissionsBoundary",
        "iam:DeleteUserPolicy",
        "iam:DetachRolePolicy",
        "iam:DetachUserPolicy",
        "iam:PutRolePolicy",
        "iam:PutUserPolicy");

    /// <summary>Whether an action is one of them.</summary>
    public static bool Contain(string action) => All.Contains(action);
}
