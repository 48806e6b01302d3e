using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Organizations.Accounts;
using Berth.Server.Organizations.Policies;

namespace Berth.Server.Organizations;

/// <summary>AWS Organizations, as far as it is about what accounts there are and what limits them.</summary>
internal static class OrganizationsService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(OrganizationParts parts) =>
        new Service("organizations", new Json11("AWSOrganizationsV20161128", membersInCamelCase: false))
            .Add(() => new DescribeOrganization(parts.Accounts, parts.Organization))
            .Add(() => new ListRoots(parts.Organization))
            .Add(() => new ListAccounts(parts.Accounts, parts.Organization, parts.PageTokens))
            .Add(() => new DescribeAccount(parts.Accounts, parts.Organization))
            .Add(() => new CreateAccount(parts.AccountCreations, parts.Organization))
            .Add(() => new DescribeCreateAccountStatus(parts.AccountCreations, parts.Organization))

            .Add(() => new CreatePolicy(parts.Policies, parts.Organization))
            .Add(() => new DescribePolicy(parts.Policies, parts.Organization))
            .Add(() => new UpdatePolicy(parts.Policies, parts.Organization))
            .Add(() => new DeletePolicy(parts.Policies, parts.Organization))
            .Add(() => new ListPolicies(parts.Policies, parts.Organization, parts.PageTokens))

            .Add(() => new AttachPolicy(parts.Attachments, parts.Organization))
            .Add(() => new DetachPolicy(parts.Attachments, parts.Organization))
            .Add(() => new ListPoliciesForTarget(parts.Attachments, parts.Organization))
            .Add(() => new ListTargetsForPolicy(parts.Attachments, parts.Organization, parts.Accounts, parts.PageTokens));
}

/// <summary>What the operations of Organizations stand on.</summary>
internal sealed record OrganizationParts
{
    public required Organization Organization { get; init; }

    public required MemberAccounts Accounts { get; init; }

    public required AccountCreations AccountCreations { get; init; }

    public required OrganizationPolicies Policies { get; init; }

    public required OrganizationAttachments Attachments { get; init; }

    public required PageTokens PageTokens { get; init; }
}
