using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Identity.Entities;

namespace Berth.Tests.Sts;

/// <summary>When sessions are over, and that tokens for docker made with them are over too.</summary>
public sealed class SessionEndTests : IAsyncLifetime
{
    private StsHost host = null!;
    private Signer session = null!;

    public async ValueTask InitializeAsync()
    {
        host = await StsHost.StartAsync();
        await host.CreateRoleAsync("deployer");
        session = await host.AssumeAsync(await host.CreateUserAsync("ann"), "deployer");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_expired_session_is_told_so_on_both_protocols()
    {
        host.Time.Advance(TimeSpan.FromHours(1));

        await host.AssertRefusedAsync(
            session, "Action=GetCallerIdentity", 403, "ExpiredToken", "The security token included in the request is expired");
        var reply = await host.EcrAsync(session, "DescribeRepositories", "{}");
        Assert.Equal(
            (400, """{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}"""),
            (reply.Status, reply.Body));
    }

    [Fact]
    public async Task Sessions_and_their_tokens_end_with_the_role_even_when_its_name_comes_back()
    {
        var password = await LogInAsync(session);
        Assert.Equal(200, await PingAsync(password));

        await host.DeleteAsync(EntityKind.Role, "deployer");
        await host.CreateRoleAsync("deployer");

        Assert.Equal(401, await PingAsync(password));
        Assert.Equal(400, (await host.EcrAsync(session, "DescribeRepositories", "{}")).Status);
    }

    [Fact]
    public async Task Sessions_that_are_older_than_a_moment_can_be_revoked()
    {
        var password = await LogInAsync(session);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.PutPolicyAsync(
            EntityKind.Role,
            "deployer",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-01-15T12:00:30Z"}}}]}
            """);

        Assert.Contains(
            "with an explicit deny in an identity-based policy",
            (await host.EcrAsync(session, "DescribeRepositories", "{}")).Body,
            StringComparison.Ordinal);
        Assert.Equal(403, await CatalogAsync(password));
        var newer = await host.AssumeAsync(await host.CreateUserAsync("bob"), "deployer");
        Assert.Equal(200, (await host.EcrAsync(newer, "DescribeRepositories", "{}")).Status);
    }

    [Fact]
    public async Task A_token_made_by_a_narrowed_session_is_as_narrow()
    {
        var policy = Uri.EscapeDataString(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}}""");
        var narrow = await host.AssumeAsync(await host.CreateUserAsync("bob"), "deployer", "&Policy=" + policy);

        Assert.Equal(200, await CatalogAsync(await LogInAsync(session)));
        Assert.Equal(403, await CatalogAsync(await LogInAsync(narrow)));
    }

    private async Task<string> LogInAsync(Signer signer)
    {
        var reply = await host.EcrAsync(signer, "GetAuthorizationToken", "{}");
        Assert.True(reply.Status == 200, reply.Body);
        return JsonDocument.Parse(reply.Body).RootElement.GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString()!;
    }

    private Task<int> PingAsync(string basic) => GetAsync("/v2/", basic);

    private Task<int> CatalogAsync(string basic) => GetAsync("/v2/_catalog", basic);

    private async Task<int> GetAsync(string path, string basic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Berth.Url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        using var response = await host.Berth.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
