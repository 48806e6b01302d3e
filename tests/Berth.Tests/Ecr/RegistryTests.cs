using System.Text;

namespace Berth.Tests.Ecr;

public sealed class RegistryTests : IAsyncLifetime
{
    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_registry_without_rules_describes_an_empty_list() =>
        Assert.Equal(
            "{\"registryId\":\"123456789012\",\"replicationConfiguration\":{\"rules\":[]}}",
            (await ecr.CallAsync("DescribeRegistry", new { })).Body);

    [Fact]
    public async Task A_token_is_a_Basic_credential_for_twelve_hours()
    {
        var data = Assert.Single((await ecr.DoAsync("GetAuthorizationToken", new { })).GetProperty("authorizationData").EnumerateArray());

        Assert.StartsWith("AWS:", Encoding.UTF8.GetString(data.GetProperty("authorizationToken").GetBytesFromBase64()), StringComparison.Ordinal);
        Assert.Equal(1768478400 + 43_200, data.GetProperty("expiresAt").GetInt64());
        Assert.Equal($"http://{ecr.PublicHost}", data.GetProperty("proxyEndpoint").GetString());
    }

    [Fact]
    public async Task A_token_is_given_for_each_registry_that_is_named()
    {
        var reply = await ecr.DoAsync("GetAuthorizationToken", new { registryIds = EcrHost.Texts("123456789012", "999999999999") });

        Assert.Equal(
            [$"http://{ecr.PublicHost}", $"http://999999999999.dkr.ecr.us-east-1.{ecr.PublicHost}"],
            reply.GetProperty("authorizationData").EnumerateArray().Select(data => data.GetProperty("proxyEndpoint").GetString()!),
            StringComparer.Ordinal);
    }
}
