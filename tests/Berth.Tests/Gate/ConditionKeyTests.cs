using System.Net;
using System.Text;
using Berth.Identity.Entities;
using Berth.Server.Hosting;
using Berth.Tests.Ecr;

namespace Berth.Tests.Gate;

/// <summary>Each condition key has its value on both wires: a deny unless it has that value lets the caller through, one if it has does not.</summary>
public sealed class ConditionKeyTests
{
    private static readonly EntityTag[] Red = [new("Team", "red")];

    [Theory]
    [InlineData("aws:PrincipalArn", "arn:aws:iam::123456789012:user/ann")]
    [InlineData("aws:PrincipalAccount", "123456789012")]
    [InlineData("aws:PrincipalType", "User")]
    [InlineData("aws:username", "ann")]
    [InlineData("aws:PrincipalTag/team", "red")]
    [InlineData("aws:PrincipalIsAWSService", "false")]
    [InlineData("aws:ResourceAccount", "123456789012")]
    [InlineData("aws:ResourceTag/Stage", "prod")]
    [InlineData("ecr:ResourceTag/stage", "prod")]
    [InlineData("aws:RequestedRegion", "us-east-1")]
    [InlineData("aws:SecureTransport", "false")]
    [InlineData("aws:SourceIp", "127.0.0.1")]
    [InlineData("aws:UserAgent", "tests/1.0")]
    [InlineData("aws:CurrentTime", "2026-01-15T12:00:00Z")]
    [InlineData("aws:EpochTime", "1768478400")]
    public async Task A_user_is_told_by(string key, string value)
    {
        await using var host = await GateHost.StartAsync();
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, tags: Red);
        await AssertHasAsync(host, ann, key, value);
    }

    [Theory]
    [InlineData("aws:PrincipalArn", "arn:aws:iam::123456789012:role/ci")]
    [InlineData("aws:PrincipalType", "AssumedRole")]
    [InlineData("aws:PrincipalTag/Team", "blue")]
    [InlineData("aws:TokenIssueTime", "2026-01-15T12:00:00Z")]
    [InlineData("aws:MultiFactorAuthPresent", "false")]
    [InlineData("aws:SourceIdentity", "ann")]
    public async Task A_session_of_a_role_is_told_by(string key, string value)
    {
        await using var host = await GateHost.StartAsync();
        var session = await host.RoleAsync("ci", Policies.AllowsEcr, change: session => session with
        {
            Tags = [new("Team", "blue")],
            Keys = [KeyValuePair.Create("aws:SourceIdentity", "ann")],
        });
        await AssertHasAsync(host, session, key, value);
    }

    [Theory]
    [InlineData("aws:userid")]
    [InlineData("aws:PrincipalOrgID")]
    [InlineData("aws:ResourceOrgID")]
    public async Task What_is_made_by_chance_is_there(string key)
    {
        await using var host = await GateHost.StartAsync();
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);
        await CreateAsync(host);

        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", UserOf(ann), "ecr:ListImages", $$$"""{"Null":{"{{{key}}}":"true"}}"""));
        await AssertAsync(ann, isAllowed: true);
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", UserOf(ann), "ecr:ListImages", $$$"""{"Null":{"{{{key}}}":"false"}}"""));
        await AssertAsync(ann, isAllowed: false);
    }

    [Theory]
    [InlineData("aws:TokenIssueTime")]
    [InlineData("aws:MultiFactorAuthPresent")]
    [InlineData("aws:SourceVpce")]
    [InlineData("aws:PrincipalTag/None")]
    [InlineData("aws:ResourceTag/None")]
    [InlineData("aws:RequestTag/Team")]
    [InlineData("aws:TagKeys")]
    public async Task What_a_request_of_a_user_does_not_have_is_null(string key)
    {
        await using var host = await GateHost.StartAsync();
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, tags: Red);
        await CreateAsync(host);

        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", UserOf(ann), "ecr:ListImages", $$$"""{"Null":{"{{{key}}}":"true"}}"""));
        await AssertAsync(ann, isAllowed: false);
    }

    [Fact]
    public async Task Tags_of_a_request_are_seen_when_a_repository_is_made_and_tagged()
    {
        await using var host = await GateHost.StartAsync();
        var ann = await host.UserAsync("ann", Policies.OfIdentity(
            "Allow", "ecr:*", condition: """{"StringEquals":{"aws:RequestTag/Team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":["Team","Stage"]}}"""));

        Assert.False((await ann.CallAsync("CreateRepository", new { repositoryName = "app" })).IsAllowed);
        Assert.False((await ann.CallAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("Team", "blue") } })).IsAllowed);
        Assert.False((await ann.CallAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("Team", "red"), Tag("Cost", "1") } })).IsAllowed);
        Assert.Equal(HttpStatusCode.OK, (await ann.CallAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("Team", "red") } })).Status);
        const string Arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";
        Assert.Equal(HttpStatusCode.OK, (await ann.CallAsync("TagResource", new { resourceArn = Arn, tags = new[] { Tag("Team", "red"), Tag("Stage", "x") } })).Status);
        Assert.False((await ann.CallAsync("TagResource", new { resourceArn = Arn, tags = new[] { Tag("Stage", "x") } })).IsAllowed);
        Assert.False((await ann.CallAsync("UntagResource", new { resourceArn = Arn, tagKeys = EcrHost.Texts("Stage") })).IsAllowed);
    }

    [Fact]
    public async Task A_repositorys_tags_count_from_the_next_request_on()
    {
        await using var host = await GateHost.StartAsync();
        var ann = await host.UserAsync("ann", Policies.OfIdentity("Allow", "ecr:ListImages", condition: """{"StringEquals":{"aws:ResourceTag/Stage":"dev"}}"""));
        await CreateAsync(host);
        await AssertAsync(ann, isAllowed: false);

        await host.Root.DoAsync("TagResource", new { resourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/app", tags = new[] { Tag("Stage", "dev") } });

        await AssertAsync(ann, isAllowed: true);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("198.51.100.0/24", false)]
    [InlineData("::1/128", false)]
    public async Task An_address_lies_in_a_block_or_not(string block, bool isAllowed)
    {
        await using var host = await GateHost.StartAsync();
        await AssertFromAsync(host, block, isAllowed, []);
    }

    [Fact]
    public async Task An_address_of_version_6_is_one_too()
    {
        await using var host = await GateHost.StartAsync(options => options with { Listen = [ListenAddress.Parse("http://[::1]:0")] });
        await AssertFromAsync(host, "::/64", isAllowed: true, []);
        await AssertFromAsync(host, "0.0.0.0/0", isAllowed: false, []);
    }

    [Theory]
    [InlineData("198.51.100.0/24", true)]
    [InlineData("127.0.0.1", false)]
    public async Task Behind_a_believed_proxy_the_client_counts(string block, bool isAllowed)
    {
        await using var host = await GateHost.StartAsync(options => options with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        await AssertFromAsync(host, block, isAllowed, [("X-Forwarded-For", "192.0.2.1, 198.51.100.7, 127.0.0.3")]);
    }

    [Fact]
    public async Task By_default_nobody_is_believed_to_speak_for_another()
    {
        await using var host = await GateHost.StartAsync();
        await AssertFromAsync(host, "198.51.100.0/24", isAllowed: false, [("X-Forwarded-For", "198.51.100.7"), ("Forwarded", "for=198.51.100.7"), ("X-Real-IP", "198.51.100.7")]);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_the_transport_is_secure()
    {
        await using var host = await GateHost.StartAsync(options => options with { PublicScheme = "https" });
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);
        await AssertHasAsync(host, ann, "aws:SecureTransport", "true");
    }

    private static object Tag(string key, string value) => new { Key = key, Value = value };

    private static string UserOf(Actor actor) => $$"""{"AWS":"{{(actor.Arn.Contains(":user/", StringComparison.Ordinal) ? actor.Arn : "arn:aws:iam::123456789012:role/ci")}}"}""";

    private static Task CreateAsync(GateHost host) =>
        host.Root.DoAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("Stage", "prod") } });

    private static async Task AssertHasAsync(GateHost host, Actor actor, string key, string value)
    {
        await CreateAsync(host);
        foreach (var (test, isAllowed) in new[] { ("StringNotEquals", true), ("StringEquals", false) })
        {
            await host.Root.SetPolicyAsync(
                "app", Policies.OfRepository("Deny", UserOf(actor), "ecr:ListImages", $$$"""{"{{{test}}}":{"{{{key}}}":"{{{value}}}"}}"""));
            await AssertAsync(actor, isAllowed);
        }
    }

    private static async Task AssertFromAsync(GateHost host, string block, bool isAllowed, (string Name, string Value)[] headers)
    {
        var name = $"from{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(block))}";
        var user = await host.UserAsync(name, Policies.OfIdentity("Allow", "ecr:*", condition: $$$"""{"IpAddress":{"aws:SourceIp":"{{{block}}}"}}"""));
        await host.Root.CallAsync("CreateRepository", new { repositoryName = "app" });
        await AssertAsync(user, isAllowed, headers);
    }

    private static async Task AssertAsync(Actor actor, bool isAllowed, params (string Name, string Value)[] headers)
    {
        headers = [.. headers, ("User-Agent", "tests/1.0")];
        var json = await actor.CallAsync("ListImages", new { repositoryName = "app" }, headers: headers);
        var tags = await actor.SendAsync("GET", "/v2/app/tags/list", headers: headers);
        Assert.Equal((isAllowed, isAllowed), (json.IsAllowed, tags.IsAllowed));
    }
}
