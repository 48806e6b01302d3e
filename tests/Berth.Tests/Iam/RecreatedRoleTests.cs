using Berth.Tests.Sts;

namespace Berth.Tests.Iam;

public sealed class RecreatedRoleTests : IAsyncLifetime
{
    private const string Create = "Action=CreateRole&RoleName=builder&AssumeRolePolicyDocument=";

    private StsHost host = null!;

    public async ValueTask InitializeAsync() => host = await StsHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_role_that_comes_back_has_neither_the_sessions_nor_the_policies_of_the_one_before()
    {
        var caller = await host.CreateUserAsync("caller");
        await CreateAsync();
        await AllowAllAsync();
        var session = await host.AssumeAsync(caller, "builder");
        Assert.Equal(200, (await host.EcrAsync(session, "DescribeRepositories", "{}")).Status);

        await host.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM iam_inline_policy WHERE name = 'role'"));
        await DoAsync("Action=DeleteRole&RoleName=builder");
        await CreateAsync();

        var old = await host.EcrAsync(session, "DescribeRepositories", "{}");
        Assert.Contains("\"__type\":\"UnrecognizedClientException\"", old.Body, StringComparison.Ordinal);
        var fresh = await host.AssumeAsync(caller, "builder");
        Assert.Contains(
            "because no identity-based policy allows the ecr:DescribeRepositories action",
            (await host.EcrAsync(fresh, "DescribeRepositories", "{}")).Body,
            StringComparison.Ordinal);
    }

    private Task CreateAsync() => DoAsync(Create + Uri.EscapeDataString(StsHost.TrustAccount));

    private async Task DoAsync(string form)
    {
        var reply = await host.CallAsync(Signer.Root, form, "iam");
        Assert.True(reply.Status == 200, reply.Body);
    }

    private Task AllowAllAsync() => host.WriteAsync(tx => tx.ExecuteAsync(
        "INSERT INTO iam_inline_policy (entity_id, name, document) SELECT id, 'role', @document FROM iam_entity WHERE name = 'builder'",
        new { document = StsHost.AllowAll }));
}
