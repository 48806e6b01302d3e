using System.Net;
using System.Text;
using Berth.Registry;
using Berth.Tests.Ecr;

namespace Berth.Tests.Gate;

/// <summary>Rates of calls over both wires. The clock stands but for what a test lets pass.</summary>
public sealed class ThrottleTests : IAsyncLifetime
{
    private EcrHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await EcrHost.StartAsync();
        await host.Berth.CreateRepositoryAsync("app");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Nothing_is_limited_unless_somebody_says_so()
    {
        for (var i = 0; i < 50; i++)
        {
            await host.DoAsync("DescribeRepositories", new { });
        }
    }

    [Fact]
    public async Task Over_its_rate_an_account_is_told_so_by_the_API_and_when_to_come_back()
    {
        await LimitAsync("rate/ecr:DescribeRepositories", 2);
        await host.DoAsync("DescribeRepositories", new { });
        await host.DoAsync("DescribeRepositories", new { });

        await host.AssertRefusedAsync("DescribeRepositories", new { }, "ThrottlingException", "Rate exceeded");
        await host.DoAsync("DescribeRegistry", new { });

        host.Time.Advance(TimeSpan.FromMilliseconds(500));
        await host.DoAsync("DescribeRepositories", new { });
    }

    [Fact]
    public async Task Over_its_rate_an_account_is_told_so_by_the_registry_and_when_to_come_back()
    {
        await LimitAsync("rate/ecr:ListImages", 1);
        var token = (await host.DoAsync("GetAuthorizationToken", new { })).GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString();
        Assert.Equal(HttpStatusCode.OK, (await ListTagsAsync(token)).Status);

        var (status, retry, body) = await ListTagsAsync(token);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("1", retry);
        Assert.Equal("""{"errors":[{"code":"TOOMANYREQUESTS","message":"Rate exceeded"}]}""", body.Trim());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await ListTagsAsync(token)).Status);
    }

    [Fact]
    public async Task A_rate_counts_for_a_Region_at_a_time()
    {
        await LimitAsync("rate/ecr:DescribeRepositories", 1);
        await host.DoAsync("DescribeRepositories", new { });

        Assert.Equal(200, (await host.CallAsync("DescribeRepositories", new { }, "eu-central-1")).Status);
        Assert.Equal(400, (await host.CallAsync("DescribeRepositories", new { }, "eu-central-1")).Status);
    }

    private Task LimitAsync(string name, long value) => host.Berth.Server.Domain.AccountQuotas.SetAsync(
        BerthHost.Repository("app").Account, Quota.Get(name), value, TestContext.Current.CancellationToken);

    private async Task<(HttpStatusCode Status, string? Retry, string Body)> ListTagsAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Berth.Url, "/v2/app/tags/list"));
        request.Headers.Authorization = new("Basic", token);
        using var response = await host.Berth.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.RetryAfter?.ToString(), Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()));
    }
}
