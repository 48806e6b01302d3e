using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>What kind of identity a principal is; each has its own form of ARN and user id.</summary>
public enum PrincipalKind
{
    /// <summary>The account itself.</summary>
    Root,

    /// <summary>An IAM user.</summary>
    User,

    /// <summary>A session of a role.</summary>
    AssumedRole,

    /// <summary>A federated user.</summary>
    FederatedUser,

    /// <summary>Somebody whom only an identity provider knows, at the moment in which a token is exchanged for a session.</summary>
    WebIdentity,
}

/// <summary>Whom a policy speaks of.</summary>
/// <param name="Arn">Such as <c>arn:aws:iam::123456789012:root</c>.</param>
/// <param name="Account">The account it belongs to.</param>
/// <param name="UserId">What GetCallerIdentity answers: the account for a root, <c>AIDA...</c> for a user.</param>
public sealed record Principal(string Arn, AccountId Account, string UserId)
{
    /// <summary>What kind of identity this is, read off the ARN.</summary>
    public PrincipalKind Kind => Arn.Split(':', 6) switch
    {
        [_, _, "iam", _, _, "root"] => PrincipalKind.Root,
        [_, _, "sts", _, _, var name] when name.StartsWith("assumed-role/", StringComparison.Ordinal) => PrincipalKind.AssumedRole,
        [_, _, "sts", _, _, var name] when name.StartsWith("federated-user/", StringComparison.Ordinal) => PrincipalKind.FederatedUser,
        [_, _, "iam", _, _, var name] when name.StartsWith("oidc-provider/", StringComparison.Ordinal) => PrincipalKind.WebIdentity,
        _ => PrincipalKind.User,
    };

    /// <summary>The root of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="partition">The partition its Regions lie in, see <see cref="RegionName.Partition"/>.</param>
    public static Principal Root(AccountId account, string partition) =>
        new($"arn:{partition}:iam::{account}:root", account, account.ToString());
}
