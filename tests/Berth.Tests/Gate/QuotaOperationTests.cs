using System.Net;
using System.Text.Json;

namespace Berth.Tests.Gate;

/// <summary>Berth's own operations on the quotas of accounts.</summary>
public sealed class QuotaOperationTests : IAsyncLifetime
{
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private GateHost host = null!;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_is_set_is_answered_and_listed_with_its_default()
    {
        var set = await host.Root.BerthAsync("SetQuota", new { accountId = GateHost.Other, quotaName = "tags-per-image", value = 7 });

        const string quota = """{"quotaName":"tags-per-image","value":7,"defaultValue":1000,"summary":"Tags on an image."}""";
        Assert.Equal((HttpStatusCode.OK, $$"""{"accountId":"210987654321","quota":{{quota}}}"""), (set.Status, set.Body));
        Assert.Contains(quota, (await host.Root.BerthAsync("ListQuotas", new { accountId = GateHost.Other })).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(quota, (await host.Root.BerthAsync("ListQuotas", new { })).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_set_for_an_account_binds_its_users()
    {
        var user = await host.UserAsync("ann", Everything, GateHost.Other);
        await host.Root.BerthAsync("SetQuota", new { accountId = GateHost.Other, quotaName = "repositories", value = 1 });
        await user.DoAsync("CreateRepository", new { repositoryName = "one" });

        var refused = await user.CallAsync("CreateRepository", new { repositoryName = "two" });

        Assert.Equal(
            ("LimitExceededException", "The registry with id '210987654321' already has the maximum allowed number of repositories which is '1'"),
            refused.Error);
    }

    [Fact]
    public async Task Who_is_limited_can_see_the_limit_and_not_lift_it()
    {
        var user = await host.UserAsync("ann", Everything, GateHost.Other);

        var own = await user.BerthAsync("ListQuotas", new { });
        Assert.Equal(GateHost.Other, JsonElement.Parse(own.Body).GetProperty("accountId").GetString());

        Assert.Equal("AccessDeniedException", (await user.BerthAsync("SetQuota", new { quotaName = "repositories", value = 9 })).Error.Code);
        Assert.Equal("AccessDeniedException", (await user.BerthAsync("ListQuotas", new { accountId = GateHost.Own })).Error.Code);
    }

    [Theory]
    [InlineData("repository", 1, "there is no quota 'repository' that can be set")]
    [InlineData("rate/ecr:Push", 1, "there is no quota 'rate/ecr:Push' that can be set")]
    [InlineData("layer-size", 0, "the quota 'layer-size' can be from 1 to 9223372036854775807")]
    public async Task What_is_no_quota_is_refused(string name, long value, string message)
    {
        var refused = await host.Root.BerthAsync("SetQuota", new { quotaName = name, value });

        Assert.Equal((HttpStatusCode.BadRequest, ("InvalidParameterException", message)), (refused.Status, refused.Error));
    }
}
