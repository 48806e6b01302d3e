using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Iam.Roles;
using Berth.Server.Iam.Simulation;

namespace Berth.Server.Iam;

/// <summary>AWS Identity and Access Management.</summary>
internal static class IamService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(IamParts parts) =>
        new Service("iam", new Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"))
            .AddRoles(parts)
            .AddSimulation(parts);

    private static Service AddRoles(this Service service, IamParts parts) => service
        .Add(() => new CreateRole(parts.Roles, parts.Authorizer))
        .Add(() => new GetRole(parts.Roles))
        .Add(() => new ListRoles(parts.Roles, parts.PageTokens))
        .Add(() => new UpdateRole(parts.Roles))
        .Add(() => new UpdateRoleDescription(parts.Roles))
        .Add(() => new UpdateAssumeRolePolicy(parts.Roles))
        .Add(() => new DeleteRole(parts.Roles));

    private static Service AddSimulation(this Service service, IamParts parts) => service
        .Add(() => new SimulateCustomPolicy(new(parts.PageTokens)))
        .Add(() => new SimulatePrincipalPolicy(new(parts.PageTokens), new(parts.Entities, parts.PolicySources)))
        .Add(() => new GetContextKeysForCustomPolicy())
        .Add(() => new GetContextKeysForPrincipalPolicy(new(parts.Entities, parts.PolicySources)));
}

/// <summary>What IAM's operations stand on.</summary>
internal sealed record IamParts
{
    public required IamEntities Entities { get; init; }

    public required IamRoles Roles { get; init; }

    public required PolicySources PolicySources { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required PageTokens PageTokens { get; init; }
}
