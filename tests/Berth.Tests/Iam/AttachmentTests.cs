using Berth.Identity.Entities;

namespace Berth.Tests.Iam;

public sealed class AttachmentTests : IAsyncLifetime
{
    private PeopleHost host = null!;

    public static TheoryData<string> Kinds => ["User", "Group", "Role"];

    public async ValueTask InitializeAsync()
    {
        host = await PeopleHost.StartAsync();
        await host.DoAsync("CreateUser", "UserName", "x");
        await host.DoAsync("CreateGroup", "GroupName", "x");
        await host.DoAsync(
            "CreateRole", "RoleName", "x", "AssumeRolePolicyDocument",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Policies_are_attached_listed_and_detached(string kind)
    {
        var (a, b) = (await CreatePolicyAsync("a", "/x/"), await CreatePolicyAsync("b", "/"));
        foreach (var arn in new[] { b, a, a })
        {
            await host.DoAsync($"Attach{kind}Policy", $"{kind}Name", "x", "PolicyArn", arn);
        }

        var first = await host.DoAsync($"ListAttached{kind}Policies", $"{kind}Name", "x", "MaxItems", "1");
        Assert.Equal(
            $"<AttachedPolicies><member><PolicyName>a</PolicyName><PolicyArn>{a}</PolicyArn></member></AttachedPolicies>"
            + $"<IsTruncated>true</IsTruncated><Marker>{first["Marker"]}</Marker>",
            first.Result);
        Assert.Equal([b], (await host.DoAsync($"ListAttached{kind}Policies", $"{kind}Name", "x", "Marker", first["Marker"]!)).All("PolicyArn"));
        Assert.Equal([a], (await host.DoAsync($"ListAttached{kind}Policies", $"{kind}Name", "x", "PathPrefix", "/x/")).All("PolicyArn"));
        await host.AssertRefusedAsync(
            409, "DeleteConflict", "Cannot delete entity, must detach all policies first.", $"Delete{kind}", $"{kind}Name", "x");

        await host.DoAsync($"Detach{kind}Policy", $"{kind}Name", "x", "PolicyArn", a);
        Assert.Equal([b], (await host.DoAsync($"ListAttached{kind}Policies", $"{kind}Name", "x")).All("PolicyArn"));
        await host.AssertRefusedAsync(
            404, "NoSuchEntity", $"Policy {a} was not found.", $"Detach{kind}Policy", $"{kind}Name", "x", "PolicyArn", a);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ten_policies_are_attached_at_most(string kind)
    {
        foreach (var number in Enumerable.Range(0, 10))
        {
            await host.DoAsync($"Attach{kind}Policy", $"{kind}Name", "x", "PolicyArn", await CreatePolicyAsync($"p{number}", "/"));
        }

        await host.AssertRefusedAsync(
            409, "LimitExceeded", $"Cannot exceed quota for PoliciesPer{kind}: 10",
            $"Attach{kind}Policy", $"{kind}Name", "x", "PolicyArn", await CreatePolicyAsync("p10", "/"));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:policy/none")]
    [InlineData("arn:aws:iam::123456789012:user/x-the-longer-name")]
    [InlineData("arn:aws:iam::aws:policy/NoSuchPolicyOfAws")]
    [InlineData("arn:aws:iam::210987654321:policy/theirs")]
    public async Task A_policy_that_is_not_there_for_the_account_is_not_attached(string arn)
    {
        await CreatePolicyAsync("theirs", "/", "210987654321");

        await host.AssertRefusedAsync(
            404, "NoSuchEntity", $"Policy {arn} does not exist or is not attachable.", "AttachUserPolicy", "UserName", "x", "PolicyArn", arn);
    }

    [Fact]
    public Task What_is_no_ARN_is_told() => host.AssertRefusedAsync(
        400, "ValidationError", "Invalid ARN:  Could not be parsed!", "AttachUserPolicy", "UserName", "x", "PolicyArn", "policy-by-its-name-alone");

    [Fact]
    public async Task Administrators_may_let_others_attach_certain_policies_only()
    {
        var (good, bad) = (await CreatePolicyAsync("good", "/"), await CreatePolicyAsync("bad", "/"));
        var helper = await host.CreateUserAsync(
            "helper",
            $$$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*",
             "Condition":{"ArnEquals":{"iam:PolicyARN":"{{{good}}}" } } }]}
            """);

        Assert.Equal(200, (await host.CallAsync(helper, "AttachUserPolicy", "UserName", "x", "PolicyArn", good)).Status);
        Assert.Equal("AccessDenied", (await host.CallAsync(helper, "AttachUserPolicy", "UserName", "x", "PolicyArn", bad))["Code"]);
    }

    [Fact]
    public async Task What_an_attached_policy_says_holds_at_once()
    {
        var key = await host.CreateKeyAsync("x");
        var arn = await CreatePolicyAsync("all", "/");
        await host.DoAsync("AttachUserPolicy", "UserName", "x", "PolicyArn", arn);
        Assert.Equal(200, (await host.CallAsync(key, "ListUsers")).Status);
        await host.DoAsync("DetachUserPolicy", "UserName", "x", "PolicyArn", arn);
        Assert.Equal(403, (await host.CallAsync(key, "ListUsers")).Status);
    }

    // As CreatePolicy would leave it, in whatever account.
    private async Task<string> CreatePolicyAsync(string name, string path, string account = PeopleHost.Account)
    {
        var domain = host.Berth.Server.Domain;
        var arn = $"arn:aws:iam::{account}:policy{path}{name}";
        await domain.Stores.Database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO iam_entity (id, account, kind, name, name_key, path, arn, created_at)
                    VALUES (@id, @account, @kind, @name, @name, @path, @arn, 0)
                    """,
                    new { id = $"ANPA{name}", account, kind = EntityKind.Policy.Name, name, path, arn });
                await tx.ExecuteAsync(
                    "INSERT INTO iam_policy (id, default_version, latest_version, updated_at) VALUES (@id, 1, 1, 0)", new { id = $"ANPA{name}" });
                await tx.ExecuteAsync(
                    "INSERT INTO iam_policy_version (policy_id, version, document, created_at) VALUES (@id, 1, @document, 0)",
                    new { id = $"ANPA{name}", document = PeopleHost.AllowAll });
                domain.Entities.Changed(tx);
            },
            TestContext.Current.CancellationToken);
        return arn;
    }
}
