using System.Globalization;
using System.Text.Json;

namespace Berth.Tests.Metadata;

/// <summary>EC2's instance metadata service as SDKs ask it.</summary>
public sealed class InstanceMetadataTests : IAsyncLifetime
{
    private const string Credentials = "meta-data/iam/security-credentials/";

    private MachineHost host = null!;
    private string secret = "";

    public async ValueTask InitializeAsync()
    {
        host = await MachineHost.StartAsync();
        secret = await host.RegisterAsync(address: "10.0.0.7");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_machine_finds_its_role_and_is_a_session_of_it()
    {
        Assert.Equal((200, "puller"), await host.ReadAsync(secret, Credentials));
        var (status, body) = await host.ReadAsync(secret, Credentials + "puller");

        Assert.Equal(200, status);
        var given = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal("Success", given.GetProperty("Code").GetString());
        Assert.Equal("AWS-HMAC", given.GetProperty("Type").GetString());
        Assert.Equal("2026-01-15T12:00:00Z", given.GetProperty("LastUpdated").GetString());
        Assert.Equal("2026-01-15T18:00:00Z", given.GetProperty("Expiration").GetString());
        var caller = await host.CallerAsync(given);
        Assert.Equal(200, caller.Status);
        Assert.Contains("<Arn>arn:aws:sts::123456789012:assumed-role/puller/i-0123456789abcdef0</Arn>", caller.Body, StringComparison.Ordinal);
        Assert.Contains($"<UserId>{host.RoleId}:i-0123456789abcdef0</UserId>", caller.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meta-data/instance-id", "i-0123456789abcdef0")]
    [InlineData("meta-data/placement/region", "us-east-1")]
    [InlineData("meta-data/placement/availability-zone", "us-east-1a")]
    [InlineData("meta-data/local-ipv4", "10.0.0.7")]
    [InlineData("", "dynamic/\nmeta-data/")]
    [InlineData("meta-data", "iam/\ninstance-id\nlocal-ipv4\nplacement/")]
    [InlineData("meta-data/placement/", "availability-zone\nregion")]
    public async Task What_is_known_of_a_machine_is_told(string item, string text) =>
        Assert.Equal((200, text), await host.ReadAsync(secret, item));

    [Theory]
    [InlineData("meta-data/iam/security-credentials-extended/")]
    [InlineData("meta-data/iam/security-credentials/other")]
    [InlineData("meta-data/mac")]
    [InlineData("user-data")]
    [InlineData("meta-data//instance-id")]
    [InlineData("meta-data/../dynamic/instance-identity/documents")]
    public async Task What_is_not_known_is_not_found(string item) =>
        Assert.Equal((404, "404 - Not Found"), await host.ReadAsync(secret, item));

    [Fact]
    public async Task The_profile_and_the_identity_document_name_the_machine()
    {
        var info = JsonSerializer.Deserialize<JsonElement>((await host.ReadAsync(secret, "meta-data/iam/info")).Body);
        var identity = JsonSerializer.Deserialize<JsonElement>((await host.ReadAsync(secret, "dynamic/instance-identity/document")).Body);

        Assert.Equal("arn:aws:iam::123456789012:instance-profile/hosts", info.GetProperty("InstanceProfileArn").GetString());
        Assert.Equal(host.ProfileId, info.GetProperty("InstanceProfileId").GetString());
        Assert.Equal(
            """{"accountId":"123456789012","availabilityZone":"us-east-1a","instanceId":"i-0123456789abcdef0","pendingTime":"2026-01-15T12:00:00Z","privateIp":"10.0.0.7","region":"us-east-1","version":"2017-09-30"}""",
            JsonSerializer.Serialize(identity));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told() =>
        Assert.Equal((401, "401 - Unauthorized"), await host.SendAsync("GET", $"/machine/{secret}/latest/meta-data/instance-id"));

    [Fact]
    public async Task A_token_ends_after_the_seconds_it_was_asked_for()
    {
        var token = ("X-aws-ec2-metadata-token", await host.TokenAsync(secret, 60));
        var path = $"/machine/{secret}/latest/meta-data/instance-id";

        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await host.SendAsync("GET", path, token)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await host.SendAsync("GET", path, token)).Status);
    }

    [Fact]
    public async Task The_token_of_another_machine_is_none()
    {
        var other = await host.RegisterAsync("i-00000000000000002");

        var reply = await host.SendAsync("GET", $"/machine/{secret}/latest/meta-data/instance-id", ("X-aws-ec2-metadata-token", await host.TokenAsync(other)));

        Assert.Equal(401, reply.Status);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("21601")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_token_for_no_time_or_too_long_a_time_is_a_bad_request(string seconds) => Assert.Equal(
        (400, "400 - Bad Request"),
        await host.SendAsync("PUT", $"/machine/{secret}/latest/api/token", ("X-aws-ec2-metadata-token-ttl-seconds", seconds)));

    [Fact]
    public async Task A_token_is_not_given_through_a_proxy() => Assert.Equal(
        (403, "403 - Forbidden"),
        await host.SendAsync(
            "PUT", $"/machine/{secret}/latest/api/token", ("X-aws-ec2-metadata-token-ttl-seconds", "60"), ("X-Forwarded-For", "203.0.113.7")));

    [Theory]
    [InlineData("/latest/api/token")]
    [InlineData("/machine/guess/latest/api/token")]
    [InlineData("/machine/")]
    [InlineData("/1.0/meta-data/instance-id")]
    [InlineData("/2021-07-15/meta-data/")]
    public async Task Who_proves_nothing_learns_nothing(string path)
    {
        foreach (var method in new[] { "PUT", "GET", "POST" })
        {
            Assert.Equal((401, "401 - Unauthorized"), await host.SendAsync(method, path, ("X-aws-ec2-metadata-token-ttl-seconds", "60")));
        }
    }

    [Fact]
    public async Task Other_methods_are_refused() =>
        Assert.Equal((405, "405 - Method Not Allowed"), await host.SendAsync("DELETE", $"/machine/{secret}/latest/meta-data/instance-id"));

    [Fact]
    public async Task A_role_taken_out_of_the_profile_is_handed_out_no_more()
    {
        await host.WriteAsync("DELETE FROM iam_profile_role");

        Assert.Equal(404, (await host.ReadAsync(secret, Credentials)).Status);
        Assert.Equal(404, (await host.ReadAsync(secret, Credentials + "puller")).Status);
    }

    [Fact]
    public async Task A_profile_that_is_deleted_is_said_to_be()
    {
        await host.WriteAsync("DELETE FROM iam_entity WHERE kind = 'instance-profile'");

        var info = JsonSerializer.Deserialize<JsonElement>((await host.ReadAsync(secret, "meta-data/iam/info")).Body);

        Assert.Equal("InstanceProfileNotFound", info.GetProperty("Code").GetString());
        Assert.Equal(
            $"Instance Profile with id {host.ProfileId} cannot be found. Please see documentation at "
            + "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.",
            info.GetProperty("Message").GetString());
        Assert.Equal(404, (await host.ReadAsync(secret, Credentials)).Status);
    }

    [Fact]
    public async Task A_role_that_does_not_trust_EC2_is_not_handed_out()
    {
        await using var other = await MachineHost.StartAsync(trusted: "ecs-tasks.amazonaws.com");
        var refused = JsonSerializer.Deserialize<JsonElement>((await other.ReadAsync(await other.RegisterAsync(), Credentials + "puller")).Body);

        Assert.Equal("AssumeRoleUnauthorizedAccess", refused.GetProperty("Code").GetString());
        Assert.StartsWith("EC2 cannot assume the role puller.", refused.GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.False(refused.TryGetProperty("AccessKeyId", out _));
    }

    [Fact]
    public async Task No_secret_stands_in_the_log()
    {
        await host.ReadAsync(secret, Credentials + "puller");
        await host.WriteAsync("UPDATE iam_role SET trust = 'damaged'");
        Assert.Equal(500, (await host.ReadAsync(secret, Credentials + "puller")).Status);

        var log = host.Berth.Log.ToString();

        Assert.Contains("/latest/meta-data/iam/security-credentials/puller", log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_credentials_have_all_of_their_time_before_them()
    {
        host.Time.Advance(TimeSpan.FromHours(5.9));

        var given = JsonSerializer.Deserialize<JsonElement>((await host.ReadAsync(secret, Credentials + "puller")).Body);

        Assert.Equal(
            host.Time.GetUtcNow().AddHours(6).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            given.GetProperty("Expiration").GetString());
    }
}
