using System.Text.Json;

namespace Berth.Tests.Organizations;

public sealed class OrganizationPolicyTests : IAsyncLifetime
{
    private const string Root = $"arn:aws:iam::{OrganizationsHost.Member}:root";
    private const string Images = "arn:aws:ecr:us-east-1:" + OrganizationsHost.Member + ":repository/app";

    private const string NoDeletion =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ecr:DeleteRepository","Resource":"*"}]}""";

    private const string OnlyReading =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:Describe*","ecr:Get*"],"Resource":"*"}]}""";

    private OrganizationsHost host = null!;

    public async ValueTask InitializeAsync() => host = await OrganizationsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Even_the_root_of_an_account_is_bound_by_a_service_control_policy()
    {
        await host.LimitAsync(OrganizationsHost.Member, "SERVICE_CONTROL_POLICY", NoDeletion);
        await host.EcrAsMemberAsync("CreateRepository", new { repositoryName = "app" });

        var reply = await host.EcrAsMemberAsync("DeleteRepository", new { repositoryName = "app" });

        Assert.Equal(
            (400, "AccessDeniedException", $"User: {Root} is not authorized to perform: ecr:DeleteRepository on resource: {Images} with an explicit deny in a service control policy"),
            (reply.Status, reply.Code, AccessMessage(reply)));
    }

    [Fact]
    public async Task What_no_policy_of_a_level_allows_is_denied_by_that_level()
    {
        var root = await host.RootIdAsync();
        await host.LimitAsync(root, "SERVICE_CONTROL_POLICY", OnlyReading);
        await host.DoAsync("DetachPolicy", new { PolicyId = "p-FullAWSAccess", TargetId = root });

        var denied = await host.EcrAsMemberAsync("CreateRepository", new { repositoryName = "app" });
        var allowed = await host.EcrAsMemberAsync("DescribeRegistry", new { });
        var management = await host.EcrAsync("CreateRepository", new { repositoryName = "app" });

        Assert.EndsWith("because no service control policy allows the ecr:CreateRepository action", AccessMessage(denied), StringComparison.Ordinal);
        Assert.Equal((200, 200), (allowed.Status, management.Status));
    }

    [Fact]
    public async Task A_change_of_a_policy_is_felt_at_once()
    {
        var id = await host.LimitAsync(OrganizationsHost.Member, "SERVICE_CONTROL_POLICY", NoDeletion);
        await host.EcrAsMemberAsync("CreateRepository", new { repositoryName = "app" });
        Assert.Equal(400, (await host.EcrAsMemberAsync("DeleteRepository", new { repositoryName = "app" })).Status);

        await host.DoAsync("UpdatePolicy", new { PolicyId = id, Content = NoDeletion.Replace("DeleteRepository", "PutImage", StringComparison.Ordinal) });

        Assert.Equal(200, (await host.EcrAsMemberAsync("DeleteRepository", new { repositoryName = "app" })).Status);
    }

    [Fact]
    public async Task A_resource_control_policy_binds_whoever_uses_the_resources_of_the_account()
    {
        await host.EcrAsMemberAsync("CreateRepository", new { repositoryName = "app" });
        await host.LimitAsync(
            OrganizationsHost.Member,
            "RESOURCE_CONTROL_POLICY",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-somebodyelse"}}}]}""");

        var reply = await host.EcrAsMemberAsync("DescribeRepositories", new { repositoryNames = Ecr.EcrHost.Texts("app") });

        Assert.EndsWith("with an explicit deny in a resource control policy", AccessMessage(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_may_not_manage_the_organization()
    {
        var reply = await host.CallAsMemberAsync("DetachPolicy", new { PolicyId = "p-FullAWSAccess", TargetId = OrganizationsHost.Member });

        Assert.Equal((400, "AccessDeniedException"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_policy_is_described_listed_and_deleted_once_it_is_attached_nowhere()
    {
        var id = await host.LimitAsync(OrganizationsHost.Member, "SERVICE_CONTROL_POLICY", NoDeletion);
        var organization = (await host.DoAsync("DescribeOrganization", new { })).GetProperty("Organization").GetProperty("Id").GetString();

        var described = await host.DoAsync("DescribePolicy", new { PolicyId = id });
        Assert.Equal(
            $$"""{"PolicySummary":{"Id":"{{id}}","Arn":"arn:aws:organizations::123456789012:policy/{{organization}}/service_control_policy/{{id}}","Name":"limit","Description":"","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false},"Content":{{JsonSerializer.Serialize(NoDeletion)}}}""",
            described.GetProperty("Policy").GetRawText().Replace("\\\"", "\\u0022", StringComparison.Ordinal));
        Assert.Equal($"p-FullAWSAccess {id}", await IdsAsync("ListPolicies", new { Filter = "SERVICE_CONTROL_POLICY" }));
        Assert.Equal($"p-FullAWSAccess {id}", await IdsAsync("ListPoliciesForTarget", new { Filter = "SERVICE_CONTROL_POLICY", TargetId = OrganizationsHost.Member }));
        Assert.Equal(id, await IdsAsync("ListPolicies", new { Filter = "SERVICE_CONTROL_POLICY", MaxResults = 1, NextToken = await FirstTokenAsync() }));
        Assert.Equal(OrganizationsHost.Member, (await host.DoAsync("ListTargetsForPolicy", new { PolicyId = id })).GetProperty("Targets")[0].GetProperty("TargetId").GetString());

        Assert.Equal("PolicyInUseException", (await host.CallAsync("DeletePolicy", new { PolicyId = id })).Code);
        await host.DoAsync("DetachPolicy", new { PolicyId = id, TargetId = OrganizationsHost.Member });
        await host.DoAsync("DeletePolicy", new { PolicyId = id });
        Assert.Equal("PolicyNotFoundException", (await host.CallAsync("DescribePolicy", new { PolicyId = id })).Code);
    }

    [Theory]
    [InlineData("p-FullAWSAccess", OrganizationsHost.Member, "DuplicatePolicyAttachmentException")]
    [InlineData("p-00000000", OrganizationsHost.Member, "PolicyNotFoundException")]
    [InlineData("p-FullAWSAccess", "000000000000", "TargetNotFoundException")]
    public async Task An_attachment_that_makes_no_sense_is_refused(string policy, string target, string code) =>
        Assert.Equal(code, (await host.CallAsync("AttachPolicy", new { PolicyId = policy, TargetId = target })).Code);

    [Theory]
    [InlineData("p-FullAWSAccess", "SERVICE_CONTROL_POLICY")]
    [InlineData("p-RCPFullAWSAccess", "RESOURCE_CONTROL_POLICY")]
    public async Task The_last_policy_of_a_target_stays(string policy, string type)
    {
        Assert.Equal("ConstraintViolationException", (await host.CallAsync("DetachPolicy", new { PolicyId = policy, TargetId = OrganizationsHost.Member })).Code);
        Assert.Equal(policy, await IdsAsync("ListPoliciesForTarget", new { Filter = type, TargetId = OrganizationsHost.Member }));
    }

    [Theory]
    [InlineData("SERVICE_CONTROL_POLICY", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}""", "MalformedPolicyDocumentException")]
    [InlineData("RESOURCE_CONTROL_POLICY", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""", "MalformedPolicyDocumentException")]
    [InlineData("TAG_POLICY", "{}", "PolicyTypeNotAvailableForOrganizationException")]
    public async Task A_policy_that_could_not_be_decided_by_is_refused(string type, string content, string code) => Assert.Equal(
        code, (await host.CallAsync("CreatePolicy", new { Name = "x", Description = "", Type = type, Content = content })).Code);

    [Fact]
    public async Task The_accounts_are_those_of_the_deployment()
    {
        var accounts = (await host.DoAsync("ListAccounts", new { })).GetProperty("Accounts").EnumerateArray();

        Assert.Equal(
            $"{OrganizationsHost.Management} {OrganizationsHost.Member}",
            string.Join(' ', accounts.Select(account => account.GetProperty("Id").GetString())));
        Assert.Equal("AccountNotFoundException", (await host.CallAsync("DescribeAccount", new { AccountId = "000000000000" })).Code);
    }

    private async Task<string> FirstTokenAsync() => (await host.DoAsync("ListPolicies", new { Filter = "SERVICE_CONTROL_POLICY", MaxResults = 1 })).GetProperty("NextToken").GetString()!;

    private async Task<string> IdsAsync(string operation, object request) =>
        string.Join(' ', (await host.DoAsync(operation, request)).GetProperty("Policies").EnumerateArray().Select(policy => policy.GetProperty("Id").GetString()));

    private static string AccessMessage(Ecr.EcrReply reply) => reply.Json.GetProperty("Message").GetString()!;
}
