namespace Berth.Policy;

/// <summary>Decides access requests. Pure: the same question has the same answer everywhere and always.</summary>
public static class Evaluator
{
    /// <summary>The root of an account may do everything with what the account owns; nothing else is granted to anybody.</summary>
    public static Decision Decide(AccessRequest request)
    {
        if (request.IsCrossAccount)
        {
            return ImplicitDeny($"because no resource-based policy allows the {request.Action} action");
        }

        return request.IsRoot
            ? Decision.Allowed
            : ImplicitDeny($"because no identity-based policy allows the {request.Action} action");
    }

    private static Decision ImplicitDeny(string because) => new(Verdict.ImplicitlyDenied, because);
}
