namespace Berth.Tests.Iam;

public sealed class AccountTests : IAsyncLifetime
{
    private const string Pull = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}}""";

    private PeopleHost host = null!;

    public async ValueTask InitializeAsync() => host = await PeopleHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_summary_counts_what_is_there_and_tells_the_quotas_that_hold()
    {
        await host.DoAsync("CreateUser", "UserName", "a");
        await host.DoAsync("CreateUser", "UserName", "b");
        await host.DoAsync("CreateGroup", "GroupName", "g");
        var policy = (await host.DoAsync("CreatePolicy", "PolicyName", "p", "PolicyDocument", Pull))["Arn"]!;
        await host.DoAsync("CreatePolicyVersion", "PolicyArn", policy, "PolicyDocument", Pull);

        Assert.Equal(
            $"<SummaryMap>{Entry("Users", 2)}{Entry("Groups", 1)}{Entry("Roles", 0)}{Entry("Policies", 1)}{Entry("InstanceProfiles", 0)}{Entry("Providers", 0)}"
            + $"{Entry("PolicyVersionsInUse", 2)}{Entry("AccountAccessKeysPresent", 1)}"
            + $"{Entry("ServerCertificates", 0)}{Entry("MFADevices", 0)}{Entry("MFADevicesInUse", 0)}{Entry("AccountMFAEnabled", 0)}"
            + $"{Entry("AccountPasswordPresent", 0)}{Entry("AccountSigningCertificatesPresent", 0)}"
            + $"{Entry("AccessKeysPerUserQuota", 2)}{Entry("GroupsPerUserQuota", 10)}"
            + $"{Entry("AttachedPoliciesPerUserQuota", 10)}{Entry("AttachedPoliciesPerGroupQuota", 10)}{Entry("AttachedPoliciesPerRoleQuota", 10)}"
            + $"{Entry("VersionsPerPolicyQuota", 5)}{Entry("UserPolicySizeQuota", 2048)}{Entry("GroupPolicySizeQuota", 5120)}{Entry("RolePolicySizeQuota", 10240)}"
            + $"{Entry("PolicySizeQuota", 6144)}{Entry("AssumeRolePolicySizeQuota", 2048)}</SummaryMap>",
            (await host.DoAsync("GetAccountSummary")).Result);
    }

    [Fact]
    public async Task An_account_has_one_alias_at_a_time()
    {
        Assert.Equal("<AccountAliases /><IsTruncated>false</IsTruncated>", (await host.DoAsync("ListAccountAliases")).Result);

        await host.DoAsync("CreateAccountAlias", "AccountAlias", "first");
        await host.DoAsync("CreateAccountAlias", "AccountAlias", "second");

        Assert.Equal(
            "<AccountAliases><member>second</member></AccountAliases><IsTruncated>false</IsTruncated>", (await host.DoAsync("ListAccountAliases")).Result);
        await host.AssertRefusedAsync(
            409, "EntityAlreadyExists", "Account alias with name second already exists.", "CreateAccountAlias", "AccountAlias", "second");
        await host.AssertRefusedAsync(
            404, "NoSuchEntity", "The account alias with name first cannot be found.", "DeleteAccountAlias", "AccountAlias", "first");
        await host.DoAsync("DeleteAccountAlias", "AccountAlias", "second");
        Assert.Empty((await host.DoAsync("ListAccountAliases")).All("member"));
    }

    private static string Entry(string key, int value) => $"<entry><key>{key}</key><value>{value}</value></entry>";
}
