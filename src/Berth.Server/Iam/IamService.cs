using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Iam.AccessKeys;
using Berth.Server.Iam.Accounts;
using Berth.Server.Iam.Attachments;
using Berth.Server.Iam.Boundaries;
using Berth.Server.Iam.Groups;
using Berth.Server.Iam.InlinePolicies;
using Berth.Server.Iam.Policies;
using Berth.Server.Iam.Profiles;
using Berth.Server.Iam.Providers;
using Berth.Server.Iam.Roles;
using Berth.Server.Iam.ServiceLinkedRoles;
using Berth.Server.Iam.Simulation;
using Berth.Server.Iam.Users;

namespace Berth.Server.Iam;

/// <summary>AWS Identity and Access Management.</summary>
internal static class IamService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(IamParts parts) =>
        new Service("iam", new Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"))
            .AddUsers(parts)
            .AddAccessKeys(parts)
            .AddGroups(parts)
            .AddInlinePolicies(parts)
            .AddAttachments(parts)
            .AddRoles(parts)
            .AddServiceLinkedRoles(parts)
            .AddPolicies(parts)
            .AddPolicyVersions(parts)
            .AddBoundaries(parts)
            .AddInstanceProfiles(parts)
            .AddOidcProviders(parts)
            .AddSimulation(parts)
            .AddAccounts(parts);

    private static Service AddUsers(this Service service, IamParts parts) => service
        .Add(() => new CreateUser(parts.Users, parts.Authorizer))
        .Add(() => new GetUser(parts.Users, parts.Accounts))
        .Add(() => new ListUsers(parts.Entities, parts.PageTokens))
        .Add(() => new UpdateUser(parts.Renaming, parts.Authorizer))
        .Add(() => new DeleteUser(parts.Users))
        .Add(() => new TagUser(parts.Entities))
        .Add(() => new UntagUser(parts.Entities))
        .Add(() => new ListUserTags(parts.Entities, parts.PageTokens));

    private static Service AddAccessKeys(this Service service, IamParts parts) => service
        .Add(() => new CreateAccessKey(parts.Keys))
        .Add(() => new ListAccessKeys(parts.Keys, parts.PageTokens))
        .Add(() => new UpdateAccessKey(parts.Keys))
        .Add(() => new DeleteAccessKey(parts.Keys))
        .Add(() => new GetAccessKeyLastUsed(parts.Keys, parts.Authorizer));

    private static Service AddGroups(this Service service, IamParts parts) => service
        .Add(() => new CreateGroup(parts.Groups))
        .Add(() => new GetGroup(parts.Entities, parts.Groups, parts.PageTokens))
        .Add(() => new ListGroups(parts.Entities, parts.PageTokens))
        .Add(() => new UpdateGroup(parts.Renaming, parts.Authorizer))
        .Add(() => new DeleteGroup(parts.Groups))
        .Add(() => new AddUserToGroup(parts.Groups))
        .Add(() => new RemoveUserFromGroup(parts.Groups))
        .Add(() => new ListGroupsForUser(parts.Groups, parts.PageTokens));

    private static Service AddInlinePolicies(this Service service, IamParts parts) => service
        .Add(() => new PutUserPolicy(parts.InlinePolicies))
        .Add(() => new GetUserPolicy(parts.InlinePolicies))
        .Add(() => new ListUserPolicies(parts.InlinePolicies, parts.PageTokens))
        .Add(() => new DeleteUserPolicy(parts.InlinePolicies))
        .Add(() => new PutGroupPolicy(parts.InlinePolicies))
        .Add(() => new GetGroupPolicy(parts.InlinePolicies))
        .Add(() => new ListGroupPolicies(parts.InlinePolicies, parts.PageTokens))
        .Add(() => new DeleteGroupPolicy(parts.InlinePolicies))
        .Add(() => new PutRolePolicy(parts.InlinePolicies))
        .Add(() => new GetRolePolicy(parts.InlinePolicies))
        .Add(() => new ListRolePolicies(parts.InlinePolicies, parts.PageTokens))
        .Add(() => new DeleteRolePolicy(parts.InlinePolicies));

    private static Service AddAttachments(this Service service, IamParts parts) => service
        .Add(() => new AttachUserPolicy(parts.Attachments))
        .Add(() => new DetachUserPolicy(parts.Attachments))
        .Add(() => new ListAttachedUserPolicies(parts.Attachments, parts.PageTokens))
        .Add(() => new AttachGroupPolicy(parts.Attachments))
        .Add(() => new DetachGroupPolicy(parts.Attachments))
        .Add(() => new ListAttachedGroupPolicies(parts.Attachments, parts.PageTokens))
        .Add(() => new AttachRolePolicy(parts.Attachments))
        .Add(() => new DetachRolePolicy(parts.Attachments))
        .Add(() => new ListAttachedRolePolicies(parts.Attachments, parts.PageTokens));

    private static Service AddRoles(this Service service, IamParts parts) => service
        .Add(() => new CreateRole(parts.Roles, parts.Authorizer))
        .Add(() => new GetRole(parts.Roles))
        .Add(() => new ListRoles(parts.Roles, parts.PageTokens))
        .Add(() => new UpdateRole(parts.Roles))
        .Add(() => new UpdateRoleDescription(parts.Roles))
        .Add(() => new UpdateAssumeRolePolicy(parts.Roles))
        .Add(() => new DeleteRole(parts.Roles))
        .Add(() => new TagRole(parts.Entities))
        .Add(() => new UntagRole(parts.Entities))
        .Add(() => new ListRoleTags(parts.Entities, parts.PageTokens));

    private static Service AddServiceLinkedRoles(this Service service, IamParts parts) => service
        .Add(() => new CreateServiceLinkedRole(parts.ServiceRoles))
        .Add(() => new DeleteServiceLinkedRole(parts.ServiceRoles, new(parts.PageTokens)))
        .Add(() => new GetServiceLinkedRoleDeletionStatus(new(parts.PageTokens)));

    private static Service AddPolicies(this Service service, IamParts parts) => service
        .Add(() => new CreatePolicy(parts.Policies, parts.Authorizer))
        .Add(() => new GetPolicy(parts.Policies))
        .Add(() => new ListPolicies(parts.Policies, parts.PageTokens))
        .Add(() => new DeletePolicy(parts.Policies))
        .Add(() => new ListEntitiesForPolicy(parts.Policies, parts.PageTokens))
        .Add(() => new TagPolicy(parts.Policies, parts.Entities))
        .Add(() => new UntagPolicy(parts.Policies, parts.Entities))
        .Add(() => new ListPolicyTags(parts.Policies, parts.PageTokens));

    private static Service AddPolicyVersions(this Service service, IamParts parts) => service
        .Add(() => new CreatePolicyVersion(parts.PolicyVersions))
        .Add(() => new GetPolicyVersion(parts.PolicyVersions))
        .Add(() => new ListPolicyVersions(parts.PolicyVersions, parts.PageTokens))
        .Add(() => new SetDefaultPolicyVersion(parts.PolicyVersions))
        .Add(() => new DeletePolicyVersion(parts.PolicyVersions));

    private static Service AddBoundaries(this Service service, IamParts parts) => service
        .Add(() => new PutUserPermissionsBoundary(parts.Boundaries))
        .Add(() => new DeleteUserPermissionsBoundary(parts.Boundaries))
        .Add(() => new PutRolePermissionsBoundary(parts.Boundaries))
        .Add(() => new DeleteRolePermissionsBoundary(parts.Boundaries));

    private static Service AddInstanceProfiles(this Service service, IamParts parts) => service
        .Add(() => new CreateInstanceProfile(parts.InstanceProfiles, parts.Authorizer))
        .Add(() => new GetInstanceProfile(parts.InstanceProfiles))
        .Add(() => new ListInstanceProfiles(parts.InstanceProfiles, parts.PageTokens))
        .Add(() => new ListInstanceProfilesForRole(parts.InstanceProfiles, parts.PageTokens))
        .Add(() => new DeleteInstanceProfile(parts.InstanceProfiles))
        .Add(() => new AddRoleToInstanceProfile(parts.InstanceProfiles, parts.Authorizer))
        .Add(() => new RemoveRoleFromInstanceProfile(parts.InstanceProfiles))
        .Add(() => new TagInstanceProfile(parts.Entities))
        .Add(() => new UntagInstanceProfile(parts.Entities))
        .Add(() => new ListInstanceProfileTags(parts.Entities, parts.PageTokens));

    private static Service AddOidcProviders(this Service service, IamParts parts) => service
        .Add(() => new CreateOpenIDConnectProvider(parts.OidcProviders, parts.Authorizer))
        .Add(() => new GetOpenIDConnectProvider(parts.OidcProviders, parts.Entities))
        .Add(() => new ListOpenIDConnectProviders(parts.Entities))
        .Add(() => new DeleteOpenIDConnectProvider(parts.OidcProviders))
        .Add(() => new AddClientIDToOpenIDConnectProvider(parts.OidcProviders))
        .Add(() => new RemoveClientIDFromOpenIDConnectProvider(parts.OidcProviders))
        .Add(() => new UpdateOpenIDConnectProviderThumbprint(parts.OidcProviders))
        .Add(() => new TagOpenIDConnectProvider(parts.OidcProviders, parts.Entities))
        .Add(() => new UntagOpenIDConnectProvider(parts.OidcProviders, parts.Entities))
        .Add(() => new ListOpenIDConnectProviderTags(parts.OidcProviders, parts.Entities, parts.PageTokens));

    private static Service AddSimulation(this Service service, IamParts parts) => service
        .Add(() => new SimulateCustomPolicy(new(parts.PageTokens)))
        .Add(() => new SimulatePrincipalPolicy(new(parts.PageTokens), new(parts.Entities, parts.PolicySources)))
        .Add(() => new GetContextKeysForCustomPolicy())
        .Add(() => new GetContextKeysForPrincipalPolicy(new(parts.Entities, parts.PolicySources)));

    private static Service AddAccounts(this Service service, IamParts parts) => service
        .Add(() => new GetAccountAuthorizationDetails(parts.AuthorizationDetails, parts.PageTokens))
        .Add(() => new GetAccountSummary(parts.AccountCounts))
        .Add(() => new CreateAccountAlias(parts.AccountAliases))
        .Add(() => new ListAccountAliases(parts.AccountAliases, parts.PageTokens))
        .Add(() => new DeleteAccountAlias(parts.AccountAliases));
}

/// <summary>What IAM's operations stand on.</summary>
internal sealed record IamParts
{
    public required AuthorizationDetails AuthorizationDetails { get; init; }

    public required AccountCounts AccountCounts { get; init; }

    public required AccountAliases AccountAliases { get; init; }

    public required IamEntities Entities { get; init; }

    public required IamRoles Roles { get; init; }

    public required ServiceRoles ServiceRoles { get; init; }

    public required ManagedPolicies Policies { get; init; }

    public required PolicyVersions PolicyVersions { get; init; }

    public required PermissionsBoundaries Boundaries { get; init; }

    public required InstanceProfiles InstanceProfiles { get; init; }

    public required PolicySources PolicySources { get; init; }

    public required IamUsers Users { get; init; }

    public required IamGroups Groups { get; init; }

    public required Renaming Renaming { get; init; }

    public required Berth.Identity.Entities.InlinePolicies InlinePolicies { get; init; }

    public required PolicyAttachments Attachments { get; init; }

    public required OwnedKeys Keys { get; init; }

    public required MemberAccounts Accounts { get; init; }

    public required OidcProviders OidcProviders { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required PageTokens PageTokens { get; init; }
}
