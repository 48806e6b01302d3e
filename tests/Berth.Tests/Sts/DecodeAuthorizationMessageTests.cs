using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Berth.Tests.Gate;

namespace Berth.Tests.Sts;

/// <summary>A denial carries a sealed message on both wires, which only the accounts that it concerns can have opened.</summary>
public sealed class DecodeAuthorizationMessageTests : IAsyncLifetime
{
    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    private const string AllowAll = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string ForbiddenByOnly =
        """{"items":[{"statementId":"Only","effect":"DENY","place":"Resource policy 1, statement 1 (Only)"}]}""";

    private GateHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_message_tells_who_was_denied_what_and_in_which_circumstances()
    {
        var ann = await host.UserAsync("ann", policy: null);
        var denied = await ann.CallAsync("ListImages", new { repositoryName = "app" }, headers: ("User-Agent", "tool/1"));

        var organization = host.Berth.Server.Domain.Stores.Organization;
        Assert.Equal(
            $$$$"""
            {"allowed":false,"explicitDeny":false,"matchedStatements":{"items":[]},"failures":{"items":[]},"context":{"principal":{"id":"{{{{ann.Caller.Principal.UserId}}}}","arn":"arn:aws:iam::123456789012:user/ann"},"action":"ecr:ListImages","resource":"arn:aws:ecr:us-east-1:123456789012:repository/app","conditions":{"items":[{"key":"aws:CurrentTime","values":{"items":[{"value":"2026-01-15T12:00:00Z"}]}},{"key":"aws:EpochTime","values":{"items":[{"value":"1768478400"}]}},{"key":"aws:PrincipalAccount","values":{"items":[{"value":"123456789012"}]}},{"key":"aws:PrincipalArn","values":{"items":[{"value":"arn:aws:iam::123456789012:user/ann"}]}},{"key":"aws:PrincipalIsAWSService","values":{"items":[{"value":"false"}]}},{"key":"aws:PrincipalOrgID","values":{"items":[{"value":"{{{{organization.Id}}}}"}]}},{"key":"aws:PrincipalOrgPaths","values":{"items":[{"value":"{{{{organization.Path}}}}"}]}},{"key":"aws:PrincipalType","values":{"items":[{"value":"User"}]}},{"key":"aws:RequestedRegion","values":{"items":[{"value":"us-east-1"}]}},{"key":"aws:ResourceAccount","values":{"items":[{"value":"123456789012"}]}},{"key":"aws:ResourceOrgID","values":{"items":[{"value":"{{{{organization.Id}}}}"}]}},{"key":"aws:ResourceOrgPaths","values":{"items":[{"value":"{{{{organization.Path}}}}"}]}},{"key":"aws:SecureTransport","values":{"items":[{"value":"false"}]}},{"key":"aws:SourceIp","values":{"items":[{"value":"127.0.0.1"}]}},{"key":"aws:UserAgent","values":{"items":[{"value":"tool/1"}]}},{"key":"aws:userid","values":{"items":[{"value":"{{{{ann.Caller.Principal.UserId}}}}"}]}},{"key":"aws:username","values":{"items":[{"value":"ann"}]}},{"key":"aws:ViaAWSService","values":{"items":[{"value":"false"}]}}]}}}
            """,
            await DecodeAsync(host.Root, denied));
    }

    [Theory]
    [InlineData("GET", "app/tags/list", "ecr:ListImages")]
    [InlineData("HEAD", "app/manifests/v1", "ecr:BatchGetImage")]
    public async Task The_OCI_wire_carries_it_too_and_the_statement_that_forbids_is_named(string method, string path, string action)
    {
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", "\"*\"", action));
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);

        var told = await ToldAsync(host.Root, await ann.SendAsync(method, $"/v2/{path}"));

        Assert.Equal(
            ("True", ForbiddenByOnly, action, App),
            (told.GetProperty("explicitDeny").ToString(), Statements(told), InContext(told, "action"), InContext(told, "resource")));
    }

    [Fact]
    public async Task An_account_is_told_nothing_of_the_policies_of_another_and_a_third_nothing_at_all()
    {
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", "\"*\"", "ecr:ListImages"));
        var ann = await host.UserAsync("ann", AllowAll, GateHost.Other);
        var carol = await host.UserAsync("carol", AllowAll, "333333333333");
        var denied = await ann.CallAsync("ListImages", new { registryId = GateHost.Own, repositoryName = "app" });

        Assert.Equal(ForbiddenByOnly, Statements(await ToldAsync(host.Root, denied)));
        Assert.Equal("""{"items":[]}""", Statements(await ToldAsync(ann, denied)));
        AssertInvalid(await AskAsync(carol, denied.AuthorizationMessage!));
    }

    [Fact]
    public async Task The_account_of_a_role_alone_learns_why_it_was_not_assumed()
    {
        var ann = await host.UserAsync("ann", AllowAll, GateHost.Other);
        await host.RoleAsync("closed", AllowAll);
        await host.Berth.Server.Domain.Stores.Database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO iam_role (id, trust, max_session) SELECT id, @trust, 3600 FROM iam_entity WHERE name = 'closed'
                    """,
                    new { trust = """{"Version":"2012-10-17","Statement":{"Sid":"Nobody","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}}""" });
                host.Berth.Server.Domain.IdentityChanges.Follow(tx);
            },
            TestContext.Current.CancellationToken);

        var (closed, absent) = (await AssumeAsync(ann, "closed"), await AssumeAsync(ann, "absent"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (closed.Status, absent.Status));
        Assert.Equal(closed.AuthorizationMessage!.Length, absent.AuthorizationMessage!.Length);
        AssertInvalid(await AskAsync(ann, closed.AuthorizationMessage));
        Assert.True((await ToldAsync(host.Root, closed)).GetProperty("explicitDeny").GetBoolean());
        Assert.False((await ToldAsync(host.Root, absent)).GetProperty("explicitDeny").GetBoolean());
    }

    [Fact]
    public async Task Decoding_is_a_permission_of_its_own()
    {
        var ann = await host.UserAsync("ann", policy: null);
        var bob = await host.UserAsync("bob", Policies.OfIdentity("Allow", "sts:DecodeAuthorizationMessage"));
        var denied = await ann.CallAsync("ListImages", new { repositoryName = "app" });

        var refused = await AskAsync(ann, denied.AuthorizationMessage!);

        Assert.Equal(
            (HttpStatusCode.Forbidden, "AccessDenied",
                "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:DecodeAuthorizationMessage on resource: * because no identity-based policy allows the sts:DecodeAuthorizationMessage action"),
            (refused.Status, Text(refused, "Code"), Text(refused, "Message")));
        Assert.Equal("ecr:ListImages", InContext(await ToldAsync(bob, denied), "action"));
        Assert.Equal("sts:DecodeAuthorizationMessage", InContext(await ToldAsync(bob, refused), "action"));
    }

    [Fact]
    public async Task What_is_no_message_of_ours_is_not_valid()
    {
        var ann = await host.RoleAsync("ann", policy: null);
        var message = (await ann.CallAsync("ListImages", new { repositoryName = "app" })).AuthorizationMessage!;
        var changed = Convert.FromBase64String(message);
        changed[^1] ^= 1;

        foreach (var wrong in new[] { "x", "AAAA", new string('A', 10_240), Convert.ToBase64String(changed), ann.Token! })
        {
            AssertInvalid(await AskAsync(host.Root, wrong));
        }

        var tooLong = await AskAsync(host.Root, new string('A', 10_241));
        Assert.Equal((HttpStatusCode.BadRequest, "ValidationError"), (tooLong.Status, Text(tooLong, "Code")));
    }

    [Fact]
    public async Task A_message_always_fits_a_header()
    {
        var deny = string.Join(',', Enumerable.Range(10, 50).Select(n =>
            $$"""{"Sid":"Forbidden{{n}}","Effect":"Deny","Action":"ecr:*","Resource":"*"}"""));
        var ann = await host.UserAsync("ann", $$"""{"Version":"2012-10-17","Statement":[{{deny}}]}""");

        var many = await ann.CallAsync("ListImages", new { repositoryName = "app" });
        var talkative = await ann.CallAsync("ListImages", new { repositoryName = "app" }, headers: ("User-Agent", new string('a', 5000)));

        Assert.InRange(many.AuthorizationMessage!.Length, 1, 4096);
        Assert.InRange(talkative.AuthorizationMessage!.Length, 1, 4096);
        var (told, bare) = (await ToldAsync(host.Root, many), await ToldAsync(host.Root, talkative));
        Assert.Equal(("True", """{"items":[]}"""), (told.GetProperty("explicitDeny").ToString(), Statements(told)));
        Assert.Equal(18, told.GetProperty("context").GetProperty("conditions").GetProperty("items").GetArrayLength());
        Assert.Equal(("ecr:ListImages", """{"items":[]}"""), (InContext(bare, "action"), InContext(bare, "conditions")));
    }

    [Fact]
    public async Task What_is_allowed_or_fails_otherwise_carries_none()
    {
        Assert.Null((await host.Root.CallAsync("ListImages", new { repositoryName = "app" })).AuthorizationMessage);
        Assert.Null((await host.Root.CallAsync("ListImages", new { repositoryName = "gone" })).AuthorizationMessage);
        Assert.Null((await host.Root.SendAsync("GET", "/v2/gone/tags/list")).AuthorizationMessage);
    }

    private static Task<GateReply> AssumeAsync(Actor actor, string role) =>
        actor.StsAsync(("Action", "AssumeRole"), ("RoleArn", $"arn:aws:iam::123456789012:role/{role}"), ("RoleSessionName", "work"));

    private static Task<GateReply> AskAsync(Actor actor, string message) =>
        actor.StsAsync(("Action", "DecodeAuthorizationMessage"), ("EncodedMessage", message));

    private static async Task<string> DecodeAsync(Actor actor, GateReply denied)
    {
        var reply = await AskAsync(actor, denied.AuthorizationMessage!);
        Assert.True(reply.Status is HttpStatusCode.OK, reply.Body);
        return Text(reply, "DecodedMessage")!;
    }

    private static async Task<JsonElement> ToldAsync(Actor actor, GateReply denied) => JsonElement.Parse(await DecodeAsync(actor, denied));

    private static string Statements(JsonElement told) => told.GetProperty("matchedStatements").GetRawText();

    private static string InContext(JsonElement told, string member) => told.GetProperty("context").GetProperty(member).ToString();

    private static void AssertInvalid(GateReply reply) => Assert.Equal(
        (HttpStatusCode.BadRequest, "InvalidAuthorizationMessageException", "Message is not valid"),
        (reply.Status, Text(reply, "Code"), Text(reply, "Message")));

    private static string? Text(GateReply reply, string name) =>
        XDocument.Parse(reply.Body).Descendants().FirstOrDefault(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal))?.Value;
}
