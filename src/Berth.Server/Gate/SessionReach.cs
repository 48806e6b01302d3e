using Berth.Identity;

namespace Berth.Server.Gate;

/// <summary>
/// What temporary keys of users cannot do at all (IAM User Guide, "Compare AWS STS credentials"): those of a user's own, or of a
/// root's, call neither IAM nor STS, but for assuming roles; those of federated users not even that.
/// </summary>
internal static class SessionReach
{
    /// <summary>Whether the caller's kind of key can call an operation, if policies allow.</summary>
    public static bool Covers(Caller caller, string service, string operation) =>
        caller.Session is null
        || service is not ("iam" or "sts")
        || operation is "GetCallerIdentity"
        || caller.Principal.Kind switch
        {
            PrincipalKind.AssumedRole => true,
            PrincipalKind.FederatedUser => false,

            // STS has sentences of its own for these two.
            _ => operation is "AssumeRole" or "GetSessionToken" or "GetFederationToken",
        };
}
