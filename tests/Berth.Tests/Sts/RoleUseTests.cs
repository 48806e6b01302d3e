namespace Berth.Tests.Sts;

public sealed class RoleUseTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

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
    public async Task To_be_assumed_is_no_use_of_a_role() => Assert.Equal((null, null), await LastUseAsync());

    [Fact]
    public async Task The_last_use_of_a_role_is_told_to_some_minutes()
    {
        await UseAsync();
        Assert.Equal(("2026-01-15T12:00:00Z", "us-east-1"), await LastUseAsync());

        host.Time.Advance(Interval - TimeSpan.FromSeconds(1));
        await UseAsync();
        Assert.Equal(("2026-01-15T12:00:00Z", "us-east-1"), await LastUseAsync());

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await UseAsync();
        Assert.Equal(("2026-01-15T12:05:00Z", "us-east-1"), await LastUseAsync());
    }

    [Fact]
    public async Task A_session_of_a_user_uses_no_role()
    {
        var own = (await host.CallAsync(await host.CreateUserAsync("bob"), "Action=GetSessionToken")).Signer;

        await host.CallAsync(own, "Action=GetCallerIdentity");

        Assert.Equal((null, null), await LastUseAsync());
    }

    private async Task UseAsync() => Assert.Equal(200, (await host.CallAsync(session, "Action=GetCallerIdentity")).Status);

    private async Task<(string? Date, string? Region)> LastUseAsync()
    {
        await host.Berth.Server.Domain.RoleUses.Writing;
        var reply = await host.CallAsync(Signer.Root, "Action=GetRole&RoleName=deployer", "iam");
        Assert.True(reply.Status == 200, reply.Body);
        return (reply.Text("LastUsedDate"), reply.Text("Region"));
    }
}
