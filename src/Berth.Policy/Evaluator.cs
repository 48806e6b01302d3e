using Berth.Policy.Documents;

namespace Berth.Policy;

/// <summary>Decides access requests. Pure: the same question has the same answer everywhere and always.</summary>
public static class Evaluator
{
    /// <summary>
    /// A deny that applies wins; then every limit must allow; then within an account either side may grant, and across
    /// accounts both must. The root of an account needs no grant of its own side, but is bound by what denies.
    /// </summary>
    public static Decision Decide(AccessRequest request, ApplicablePolicies policies)
    {
        var ballot = new Ballot(request, policies);
        if (ballot.Forbidding is { } forbidding)
        {
            return new(Verdict.ExplicitlyDenied, Explanation.ExplicitDeny(forbidding, policies.ResourceSide), ballot.Denies);
        }

        return FindMissing(request, policies.ResourceSide, ballot) is { } missing
            ? new(Verdict.ImplicitlyDenied, Explanation.ImplicitDeny(missing, policies.ResourceSide, request.Action), [])
            : new(Verdict.Allowed, "", ballot.Grants);
    }

    /// <summary>The kind of policy that would have to allow the request and does not; null when nothing is missing.</summary>
    private static PolicyKind? FindMissing(AccessRequest request, ResourceSide side, Ballot ballot)
    {
        if (ballot.FindClosedLimit() is { } limit)
        {
            return limit;
        }

        var resource = ballot.Resource;
        if (request.IsService)
        {
            return resource is PrincipalMatch.None ? PolicyKind.Resource : null;
        }

        var isCrossAccount = request.IsCrossAccount;
        if (resource is PrincipalMatch.Caller && !isCrossAccount)
        {
            // Named itself, the caller is past whatever its boundary and session policies leave out.
            return null;
        }

        var isGrantedAsRole = resource is PrincipalMatch.Role && !isCrossAccount;
        if (!ballot.Identity && !isGrantedAsRole)
        {
            return PolicyKind.Identity;
        }

        if (resource is PrincipalMatch.None && (isCrossAccount || side is not ResourceSide.MayGrant))
        {
            return PolicyKind.Resource;
        }

        return !ballot.Boundary ? PolicyKind.Boundary : !ballot.Session ? PolicyKind.Session : null;
    }
}
