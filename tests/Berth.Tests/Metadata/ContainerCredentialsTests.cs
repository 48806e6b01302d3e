using System.Text;
using System.Text.Json;

namespace Berth.Tests.Metadata;

/// <summary>What SDKs ask that are told of <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>.</summary>
public sealed class ContainerCredentialsTests : IAsyncLifetime
{
    private const string Path = "/v1/machine/credentials";

    private MachineHost host = null!;
    private string secret = "";

    public async ValueTask InitializeAsync()
    {
        host = await MachineHost.StartAsync();
        secret = await host.RegisterAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_secret_brings_credentials_of_the_role()
    {
        var given = JsonSerializer.Deserialize<JsonElement>(await GiveAsync(secret));

        Assert.Equal("arn:aws:iam::123456789012:role/fleet/puller", given.GetProperty("RoleArn").GetString());
        Assert.Equal("123456789012", given.GetProperty("AccountId").GetString());
        Assert.Equal("2026-01-15T18:00:00Z", given.GetProperty("Expiration").GetString());
        Assert.Contains(
            "<Arn>arn:aws:sts::123456789012:assumed-role/puller/i-0123456789abcdef0</Arn>", (await host.CallerAsync(given)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_may_be_the_password_of_a_URL() =>
        await GiveAsync("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"machine:{secret}")));

    [Theory]
    [InlineData("guess")]
    [InlineData("Basic")]
    [InlineData("Basic ====")]
    [InlineData("Bearer x")]
    [InlineData("")]
    public async Task Whatever_else_is_sent_brings_nothing(string header)
    {
        var (status, body) = await host.SendAsync("GET", Path, ("Authorization", header));

        Assert.Equal(401, status);
        Assert.Equal(
            """{"code":"AccessDeniedException","message":"the request does not prove a machine"}""",
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(body)));
    }

    [Fact]
    public async Task A_secret_that_is_far_too_long_brings_nothing() =>
        Assert.Equal(401, (await host.SendAsync("GET", Path, ("Authorization", new string('a', 10_000)))).Status);

    [Fact]
    public async Task A_profile_without_a_role_brings_nothing()
    {
        await host.WriteAsync("DELETE FROM iam_profile_role");

        var (status, body) = await host.SendAsync("GET", Path, ("Authorization", secret));

        Assert.Equal(404, status);
        Assert.Contains("the instance profile 'arn:aws:iam::123456789012:instance-profile/hosts' has no role", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_a_machine_ends_its_sessions_at_once_and_for_good()
    {
        var given = JsonSerializer.Deserialize<JsonElement>(await GiveAsync(secret));
        Assert.Equal(200, (await host.CallerAsync(given)).Status);

        Assert.Equal((200, "{}"), await host.CallAsync("RevokeMachine", new { instanceId = MachineHost.InstanceId }));

        Assert.Equal(403, (await host.CallerAsync(given)).Status);
        Assert.Equal(401, (await host.SendAsync("GET", Path, ("Authorization", secret))).Status);

        // Registered again it is another machine, whatever its name.
        var again = await host.RegisterAsync();
        Assert.Equal(403, (await host.CallerAsync(given)).Status);
        Assert.Equal(200, (await host.CallerAsync(JsonSerializer.Deserialize<JsonElement>(await GiveAsync(again)))).Status);
    }

    [Fact]
    public async Task Revoking_a_machine_ends_what_it_made_of_its_session()
    {
        var given = JsonSerializer.Deserialize<JsonElement>(await GiveAsync(secret));
        await host.WriteAsync(
            """
            UPDATE iam_role SET trust = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"123456789012"}}}';
            UPDATE iam_inline_policy SET document = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
            """);
        var (status, body) = await host.AskStsAsync(
            given, "Action=AssumeRole&RoleSessionName=next&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Ffleet%2Fpuller");
        Assert.True(status == 200, body);
        var next = MachineHost.CredentialsIn(body);
        Assert.Equal(200, (await host.CallerAsync(next)).Status);

        await host.CallAsync("RevokeMachine", new { instanceId = MachineHost.InstanceId });

        Assert.Equal(403, (await host.CallerAsync(next)).Status);
    }

    [Fact]
    public async Task The_sessions_of_one_machine_outlive_another_machine()
    {
        await host.RegisterAsync("i-00000000000000002");
        var given = JsonSerializer.Deserialize<JsonElement>(await GiveAsync(secret));

        await host.CallAsync("RevokeMachine", new { instanceId = "i-00000000000000002" });

        Assert.Equal(200, (await host.CallerAsync(given)).Status);
    }

    [Fact]
    public async Task Sessions_end_with_the_role()
    {
        var given = JsonSerializer.Deserialize<JsonElement>(await GiveAsync(secret));

        await host.WriteAsync("DELETE FROM iam_entity WHERE kind = 'role'");

        Assert.Equal(403, (await host.CallerAsync(given)).Status);
    }

    private async Task<string> GiveAsync(string authorization)
    {
        var (status, body) = await host.SendAsync("GET", Path, ("Authorization", authorization));
        Assert.Equal(200, status);
        return body;
    }
}
