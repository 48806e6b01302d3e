using System.Collections.Frozen;

namespace Berth.Policy.Documents;

/// <summary>Principal or NotPrincipal.</summary>
/// <param name="isEverybody">Whether it is, or holds, <c>*</c>.</param>
/// <param name="accounts">Accounts, by their digits.</param>
/// <param name="names">ARNs, services and providers.</param>
/// <param name="isNegated">Whether it is NotPrincipal.</param>
internal sealed class PrincipalElement(bool isEverybody, FrozenSet<string> accounts, FrozenSet<string> names, bool isNegated)
{
    public PrincipalMatch Match(Caller caller, Effect effect)
    {
        if (!isNegated)
        {
            return Closest(caller);
        }

        var isExempt = effect is Effect.Deny ? IsExemptFromDeny(caller) : Closest(caller) is not PrincipalMatch.None;
        return isExempt ? PrincipalMatch.None : PrincipalMatch.Caller;
    }

    private PrincipalMatch Closest(Caller caller)
    {
        if (isEverybody || names.Contains(caller.Arn))
        {
            return PrincipalMatch.Caller;
        }

        if (caller.Role is { } role && names.Contains(role))
        {
            return PrincipalMatch.Role;
        }

        return IsAccountOf(caller) ? PrincipalMatch.Account : PrincipalMatch.None;
    }

    /// <summary>
    /// A caller is denied as itself, as its role and as its account, so only who is listed as all of these goes free; and
    /// nobody with a permissions boundary does.
    /// </summary>
    private bool IsExemptFromDeny(Caller caller)
    {
        if (caller.HasBoundary)
        {
            return false;
        }

        return isEverybody
            || ((names.Contains(caller.Arn) || caller.IsRoot)
                && (caller.Role is null || names.Contains(caller.Role))
                && (caller.IsService || IsAccountOf(caller)));
    }

    private bool IsAccountOf(Caller caller) => !caller.IsService && accounts.Contains(caller.Account);
}
