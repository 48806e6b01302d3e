using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Tests.Sts;

namespace Berth.Tests.Organizations;

public sealed class AccountCreationTests : IAsyncLifetime
{
    private StsHost host = null!;

    public async ValueTask InitializeAsync() => host = await StsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_user_of_the_management_account_makes_an_account_and_works_in_it()
    {
        var user = await host.CreateUserAsync("admin");

        var made = await CallAsync(user, "CreateAccount", new { AccountName = "Second", Email = "second@example.com" });

        var (id, account) = (Text(made, "Id"), Text(made, "AccountId"));
        Assert.Equal(
            (200, $$$"""{"CreateAccountStatus":{"Id":"{{{id}}}","AccountName":"Second","State":"SUCCEEDED","RequestedTimestamp":1768478400,"CompletedTimestamp":1768478400,"AccountId":"{{{account}}}"}}"""),
            (made.Status, made.Body));
        Assert.Equal(made.Body, (await CallAsync(user, "DescribeCreateAccountStatus", new { CreateAccountRequestId = id })).Body);

        var session = await AssumeAsync(user, account, "OrganizationAccountAccessRole");
        Assert.Equal(200, (await host.EcrAsync(session, "CreateRepository", """{"repositoryName":"app"}""")).Status);
        Assert.Contains($"arn:aws:ecr:us-east-1:{account}:repository/app", (await host.EcrAsync(session, "DescribeRepositories", "{}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("repository/app", (await host.EcrAsync(user, "DescribeRepositories", "{}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_into_an_account_is_an_administrator_whom_the_management_account_sends()
    {
        var made = await CallAsync(Signer.Root, "CreateAccount", new { AccountName = "Second", Email = "second@example.com", RoleName = "Entry", IamUserAccessToBilling = "DENY" });
        var account = Text(made, "AccountId");
        var session = await AssumeAsync(await host.CreateUserAsync("admin"), account, "Entry");

        var role = await host.CallAsync(session, "Action=GetRole&RoleName=Entry", "iam");
        var policy = await host.CallAsync(session, "Action=GetRolePolicy&RoleName=Entry&PolicyName=AdministratorAccess", "iam");

        Assert.Equal(
            ($"arn:aws:iam::{account}:role/Entry", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}"""),
            (role.Text("Arn"), Uri.UnescapeDataString(role.Text("AssumeRolePolicyDocument")!)));
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
            Uri.UnescapeDataString(policy.Text("PolicyDocument")!));
    }

    [Fact]
    public async Task An_address_that_another_account_has_makes_the_request_fail()
    {
        await CallAsync(Signer.Root, "CreateAccount", new { AccountName = "Second", Email = "second@example.com" });

        var made = await CallAsync(Signer.Root, "CreateAccount", new { AccountName = "Third", Email = "SECOND@example.com" });

        var id = Text(made, "Id");
        Assert.Equal(
            (200, $$$"""{"CreateAccountStatus":{"Id":"{{{id}}}","AccountName":"Third","State":"FAILED","RequestedTimestamp":1768478400,"CompletedTimestamp":1768478400,"FailureReason":"EMAIL_ALREADY_EXISTS"}}"""),
            (made.Status, made.Body));
        Assert.Equal(made.Body, (await CallAsync(Signer.Root, "DescribeCreateAccountStatus", new { CreateAccountRequestId = id })).Body);
        Assert.DoesNotContain("Third", (await CallAsync(Signer.Root, "ListAccounts", new { })).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_of_a_member_account_makes_accounts()
    {
        var made = await CallAsync(Signer.Root, "CreateAccount", new { AccountName = "Second", Email = "second@example.com" });
        var session = await AssumeAsync(await host.CreateUserAsync("admin"), Text(made, "AccountId"), "OrganizationAccountAccessRole");

        var refused = await CallAsync(session, "CreateAccount", new { AccountName = "Third", Email = "third@example.com" });

        Assert.Equal((400, "AccessDeniedException"), (refused.Status, JsonDocument.Parse(refused.Body).RootElement.GetProperty("__type").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        var tagged = await CallAsync(
            Signer.Root, "CreateAccount", new { AccountName = "Second", Email = "second@example.com", Tags = (object[])[new { Key = "a", Value = "b" }] });
        var unknown = await CallAsync(Signer.Root, "DescribeCreateAccountStatus", new { CreateAccountRequestId = "car-0123456789abcdef" });

        Assert.Equal(
            (400, """{"__type":"ConstraintViolationException","message":"tags on policies and accounts are not available here"}"""), (tagged.Status, tagged.Body));
        Assert.Equal(
            (400, """{"__type":"CreateAccountStatusNotFoundException","message":"We can't find a create account request with the CreateAccountRequestId 'car-0123456789abcdef'."}"""),
            (unknown.Status, unknown.Body));
    }

    private async Task<Signer> AssumeAsync(Signer signer, string account, string role)
    {
        var reply = await host.CallAsync(signer, $"Action=AssumeRole&RoleArn=arn:aws:iam::{account}:role/{role}&RoleSessionName=session");
        Assert.True(reply.Status == 200, reply.Body);
        return reply.Signer;
    }

    private async Task<QueryReply> CallAsync(Signer signer, string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", $"AWSOrganizationsV20161128.{operation}");
        message.Content = new StringContent(JsonSerializer.Serialize(request), new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        return await host.SendAsync(signer, message, "organizations");
    }

    private static string Text(QueryReply reply, string member) =>
        JsonDocument.Parse(reply.Body).RootElement.GetProperty("CreateAccountStatus").GetProperty(member).GetString()!;
}
