using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Accounts;

/// <summary>Tells how much there is in an account, and how much there may be. Quotas that nothing here keeps are not told.</summary>
internal sealed class GetAccountSummary(AccountCounts counts) : Operation<GetAccountSummary.Request, GetAccountSummary.Response>
{
    // Passwords, devices of a second factor and certificates are not to be had here.
    private static readonly string[] Never =
    [
        "ServerCertificates", "MFADevices", "MFADevicesInUse", "AccountMFAEnabled", "AccountPasswordPresent", "AccountSigningCertificatesPresent",
    ];

    private static readonly (string Name, EntityKind Kind)[] Kinds =
    [
        ("Users", EntityKind.User), ("Groups", EntityKind.Group), ("Roles", EntityKind.Role), ("Policies", EntityKind.Policy),
        ("InstanceProfiles", EntityKind.InstanceProfile), ("Providers", EntityKind.OidcProvider),
    ];

    private static readonly (string Name, int Most)[] Quotas =
    [
        ("AccessKeysPerUserQuota", OwnedKeys.Most), ("GroupsPerUserQuota", IamGroups.MostPerUser),
        ("AttachedPoliciesPerUserQuota", PolicyAttachments.Most), ("AttachedPoliciesPerGroupQuota", PolicyAttachments.Most),
        ("AttachedPoliciesPerRoleQuota", PolicyAttachments.Most), ("VersionsPerPolicyQuota", PolicyVersions.Most),
        ("UserPolicySizeQuota", Berth.Identity.Entities.InlinePolicies.MostCharacters(EntityKind.User)),
        ("GroupPolicySizeQuota", Berth.Identity.Entities.InlinePolicies.MostCharacters(EntityKind.Group)),
        ("RolePolicySizeQuota", Berth.Identity.Entities.InlinePolicies.MostCharacters(EntityKind.Role)),
        ("PolicySizeQuota", PolicyTexts.LongestManaged), ("AssumeRolePolicySizeQuota", PolicyTexts.LongestTrust),
    ];

    public sealed record Request;

    public sealed record Response(IReadOnlyDictionary<string, int> SummaryMap);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var found = await counts.ReadAsync(call.Scope.Account, cancel);
        IEnumerable<KeyValuePair<string, int>> summary =
        [
            .. Kinds.Select(kind => KeyValuePair.Create(kind.Name, found.Entities.GetValueOrDefault(kind.Kind))),
            new("PolicyVersionsInUse", found.PolicyVersions),
            new("AccountAccessKeysPresent", found.HasRootKey ? 1 : 0),
            .. Never.Select(name => KeyValuePair.Create(name, 0)),
            .. Quotas.Select(quota => KeyValuePair.Create(quota.Name, quota.Most)),
        ];
        return new(new OrderedDictionary<string, int>(summary, StringComparer.Ordinal));
    }
}
