using Berth.Identity;

namespace Berth.Server.Sts.Shapes;

/// <summary>Whom the key of a role's session proves.</summary>
internal sealed record AssumedRoleUser(string AssumedRoleId, string Arn)
{
    /// <summary>The principal of a session.</summary>
    public static AssumedRoleUser Of(Principal principal) => new(principal.UserId, principal.Arn);
}
