using System.Text.Json;

namespace Berth.Tests.Metadata;

/// <summary>Berth's own operations on machines.</summary>
public sealed class MachineOperationTests : IAsyncLifetime
{
    private MachineHost host = null!;

    public async ValueTask InitializeAsync() => host = await MachineHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_machine_is_registered_listed_and_revoked()
    {
        var print = new string('a', 64);
        var registered = await DoAsync("RegisterMachine", new
        {
            instanceProfileName = "HOSTS",
            instanceId = MachineHost.InstanceId,
            privateIpAddress = "10.0.0.7",
            certificateSha256 = print,
        });

        Assert.Equal(43, registered.GetProperty("secret").GetString()!.Length);
        var machine = registered.GetProperty("machine").GetRawText();
        Assert.Equal(
            $$"""{"arn":"arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0","instanceId":"i-0123456789abcdef0","region":"us-east-1","instanceProfileId":"{{host.ProfileId}}","privateIpAddress":"10.0.0.7","certificateSha256":"{{print}}","registeredAt":1768478400}""",
            machine);
        Assert.Equal($$"""{"machines":[{{machine}}]}""", (await DoAsync("ListMachines", new { })).GetRawText());

        await DoAsync("RevokeMachine", new { instanceId = MachineHost.InstanceId });

        Assert.Equal("""{"machines":[]}""", (await DoAsync("ListMachines", new { })).GetRawText());
    }

    [Fact]
    public async Task A_machine_without_an_id_is_given_one()
    {
        var registered = await DoAsync("RegisterMachine", new { instanceProfileName = "hosts" });

        Assert.Matches("^i-[0-9a-f]{17}$", registered.GetProperty("machine").GetProperty("instanceId").GetString());
    }

    [Fact]
    public async Task Machines_are_listed_page_by_page()
    {
        foreach (var last in "312")
        {
            await host.RegisterAsync($"i-0000000000000000{last}");
        }

        var first = await DoAsync("ListMachines", new { maxResults = 2 });
        var second = await DoAsync("ListMachines", new { maxResults = 2, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal("i-00000000000000001 i-00000000000000002", Ids(first));
        Assert.Equal("i-00000000000000003", Ids(second));
        Assert.False(second.TryGetProperty("nextToken", out _));
    }

    [Theory]
    [InlineData("""{"instanceProfileName":"nobody"}""", "Instance Profile nobody cannot be found.")]
    [InlineData("""{"instanceProfileName":"hosts","instanceId":"i-00000000000000009"}""", "Machine with name i-00000000000000009 already exists.")]
    [InlineData("""{"instanceProfileName":"hosts","privateIpAddress":"10.0.0.07"}""", "Invalid parameter at 'privateIpAddress' failed to satisfy constraint: 'must be an IPv4 address'")]
    [InlineData("""{"instanceProfileName":"hosts","privateIpAddress":"fe80::1"}""", "Invalid parameter at 'privateIpAddress' failed to satisfy constraint: 'must be an IPv4 address'")]
    [InlineData("""{"instanceProfileName":"hosts","instanceId":"i-1"}""", "Invalid parameter at 'instanceId' failed to satisfy constraint: 'must satisfy regular expression 'i-[0-9a-f]{17}''")]
    public async Task What_cannot_be_registered_is_refused(string request, string message)
    {
        await host.RegisterAsync("i-00000000000000009");

        var (status, body) = await host.CallAsync("RegisterMachine", JsonSerializer.Deserialize<JsonElement>(request));

        var error = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((400, "InvalidParameterException", message), (status, error.GetProperty("__type").GetString(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_machine_that_is_not_there_cannot_be_revoked()
    {
        var (status, body) = await host.CallAsync("RevokeMachine", new { instanceId = "i-00000000000000009" });

        Assert.Equal(400, status);
        Assert.Contains("The machine with name i-00000000000000009 cannot be found.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_registers_a_machine_must_be_allowed_to_pass_its_role()
    {
        // The machine's own role may register machines, but not pass roles.
        await host.WriteAsync(
            """
            UPDATE iam_inline_policy SET document = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"berth:*","Resource":"*"}}';
            """);
        var secret = await host.RegisterAsync();
        var given = JsonSerializer.Deserialize<JsonElement>((await host.SendAsync("GET", "/v1/machine/credentials", ("Authorization", secret))).Body);

        var (status, body) = await host.CallAsync("RegisterMachine", new { instanceProfileName = "hosts" }, given);

        Assert.Equal(400, status);
        Assert.Equal(
            "User: arn:aws:sts::123456789012:assumed-role/puller/i-0123456789abcdef0 is not authorized to perform: iam:PassRole on resource: "
            + "arn:aws:iam::123456789012:role/fleet/puller because no identity-based policy allows the iam:PassRole action",
            JsonSerializer.Deserialize<JsonElement>(body).GetProperty("Message").GetString());
        Assert.Equal(200, (await host.CallAsync("ListMachines", new { }, given)).Status);
    }

    private static string Ids(JsonElement page) =>
        string.Join(' ', page.GetProperty("machines").EnumerateArray().Select(machine => machine.GetProperty("instanceId").GetString()));

    private async Task<JsonElement> DoAsync(string operation, object request)
    {
        var (status, body) = await host.CallAsync(operation, request);
        Assert.True(status == 200, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
