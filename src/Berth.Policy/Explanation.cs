namespace Berth.Policy;

/// <summary>AWS's clauses of denial. Each names one kind of policy, whichever else would deny too.</summary>
internal static class Explanation
{
    public static string ExplicitDeny(PolicyKind kind, ResourceSide side) => kind is PolicyKind.Resource && side is ResourceSide.Trust
        ? "with an explicit deny in the role trust policy"
        : $"with an explicit deny in {(kind is PolicyKind.Identity ? "an" : "a")} {NameOf(kind, side)}";

    public static string ImplicitDeny(PolicyKind kind, ResourceSide side, string action) =>
        $"because no {NameOf(kind, side)} allows the {action} action";

    private static string NameOf(PolicyKind kind, ResourceSide side) => kind switch
    {
        PolicyKind.ServiceControl => "service control policy",
        PolicyKind.ResourceControl => "resource control policy",
        PolicyKind.Endpoint => "VPC endpoint policy",
        PolicyKind.Resource when side is ResourceSide.Trust => "role trust policy",
        PolicyKind.Resource => "resource-based policy",
        PolicyKind.Boundary => "permissions boundary",
        PolicyKind.Session => "session policy",
        _ => "identity-based policy",
    };
}
