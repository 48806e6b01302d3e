using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Gate.WebIdentity;

namespace Berth.Server.Sts;

/// <summary>AWS Security Token Service.</summary>
internal static class StsService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(StsParts parts) =>
        new Service("sts", new Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"))
            .Add(() => new GetCallerIdentity())
            .Add(() => new AssumeRole(parts.Sessions, parts.Roles, parts.Authorizer))
            .Add(() => new AssumeRoleWithWebIdentity(parts.Sessions, parts.Roles, parts.WebIdentities, parts.Authorizer))
            .Add(() => new GetSessionToken(parts.Sessions))
            .Add(() => new GetFederationToken(parts.Sessions, parts.Authorizer))
            .Add(() => new GetAccessKeyInfo(parts.AccessKeys))
            .Add(() => new DecodeAuthorizationMessage(parts.AuthorizationMessages));
}

/// <summary>What STS's operations stand on.</summary>
internal sealed record StsParts
{
    public required NewSessions Sessions { get; init; }

    public required RoleAccess Roles { get; init; }

    public required AccessKeys AccessKeys { get; init; }

    public required WebIdentities WebIdentities { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required AuthorizationMessages AuthorizationMessages { get; init; }
}
