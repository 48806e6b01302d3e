using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using Berth.Identity.Entities;
using Berth.Server.Hosting;
using Berth.Tests.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Metadata;

/// <summary>The real server with a role, an instance profile and what machines ask. The clock stands.</summary>
internal sealed class MachineHost : IAsyncDisposable
{
    public const string InstanceId = "i-0123456789abcdef0";

    private static readonly AccountScope Scope = new(new BerthOptions().AccountId, "aws");

    private MachineHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    public string ProfileId { get; private set; } = "";

    public string RoleId { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a server that has the profile <c>hosts</c> with the role <c>puller</c>, which may do all with registries.</summary>
    public static async Task<MachineHost> StartAsync(string trusted = "ec2.amazonaws.com", Func<BerthOptions, BerthOptions>? configure = null)
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        var host = new MachineHost(await BerthHost.StartAsync(configure, time), time);
        await host.ArrangeAsync(trusted);
        return host;
    }

    /// <summary>Registers a machine and gives its secret.</summary>
    public async Task<string> RegisterAsync(string instanceId = InstanceId, string? certificate = null, string? address = null) =>
        (await Berth.Server.Domain.Machines.RegisterAsync(
            new(new BerthOptions().HomeRegistry, "hosts") { InstanceId = instanceId, Certificate = certificate, PrivateAddress = address }, Cancel))
        .Secret;

    /// <summary>Gets a token as SDKs do.</summary>
    public async Task<string> TokenAsync(string secret, int seconds = 21_600)
    {
        var reply = await SendAsync("PUT", $"/machine/{secret}/latest/api/token", ("X-aws-ec2-metadata-token-ttl-seconds", $"{seconds}"));
        Assert.Equal(200, reply.Status);
        return reply.Body;
    }

    /// <summary>Reads an item with a token.</summary>
    public async Task<(int Status, string Body)> ReadAsync(string secret, string item) =>
        await SendAsync("GET", $"/machine/{secret}/latest/{item}", ("X-aws-ec2-metadata-token", await TokenAsync(secret)));

    public async Task<(int Status, string Body)> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(Berth.Url, path));
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Berth.Http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Asks STS who one is with the credentials that a machine was given.</summary>
    public Task<(int Status, string Body)> CallerAsync(JsonElement credentials) => AskStsAsync(credentials, "Action=GetCallerIdentity");

    /// <summary>The credentials in an answer of STS, as machines are given them.</summary>
    public static JsonElement CredentialsIn(string xml)
    {
        var root = XElement.Parse(xml);
        string Text(string name) => root.Descendants().Single(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Value;
        return JsonSerializer.SerializeToElement(new
        {
            AccessKeyId = Text("AccessKeyId"),
            SecretAccessKey = Text("SecretAccessKey"),
            Token = Text("SessionToken"),
        });
    }

    /// <summary>Asks STS with the credentials that a machine was given.</summary>
    public Task<(int Status, string Body)> AskStsAsync(JsonElement credentials, string form)
    {
        var content = new StringContent($"{form}&Version=2011-06-15", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return CallAsync(content, "sts", credentials);
    }

    /// <summary>Calls an operation of Berth's own service.</summary>
    public Task<(int Status, string Body)> CallAsync(string operation, object request, JsonElement? credentials = null) => CallAsync(
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request)), "berth", credentials, ("X-Amz-Target", $"Berth_20261101.{operation}"));

    /// <summary>Changes rows that IAM would.</summary>
    public Task WriteAsync(string sql) => Berth.Server.Domain.Stores.Database.WriteAsync(
        async tx =>
        {
            await tx.ExecuteAsync(sql);
            Berth.Server.Domain.Entities.Changed(tx);
        },
        Cancel);

    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    // As the session that is given, or else as the root.
    private async Task<(int Status, string Body)> CallAsync(
        HttpContent content, string service, JsonElement? credentials, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/")) { Content = content };
        string Given(string member) => credentials!.Value.GetProperty(member).GetString()!;
        foreach (var (name, value) in credentials is null ? headers : [.. headers, ("X-Amz-Security-Token", Given("Token"))])
        {
            request.Headers.Add(name, value);
        }

        var (id, secret) = credentials is null ? (BerthHost.AccessKeyId, BerthHost.SecretAccessKey) : (Given("AccessKeyId"), Given("SecretAccessKey"));
        new RequestSigner(id, secret, service).Sign(request, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task ArrangeAsync(string trusted)
    {
        var domain = Berth.Server.Domain;
        await domain.Stores.Database.WriteAsync(
            async tx =>
            {
                var profile = await domain.Entities.CreateAsync(tx, new(new(Scope, EntityKind.InstanceProfile, "hosts")));
                var role = await domain.Entities.CreateAsync(tx, new(new(Scope, EntityKind.Role, "puller")) { Path = "/fleet/" });
                (ProfileId, RoleId) = (profile.Id, role.Id);
                var trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"{{trusted}}"} } }""";
                await tx.ExecuteAsync("INSERT INTO iam_role (id, trust, max_session) VALUES (@RoleId, @trust, 3600)", new { RoleId, trust });
                await tx.ExecuteAsync("INSERT INTO iam_profile_role (profile_id, role_id) VALUES (@ProfileId, @RoleId)", new { ProfileId, RoleId });
                await tx.ExecuteAsync(
                    "INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@RoleId, 'all', @document)",
                    new { RoleId, document = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}""" });
            },
            Cancel);
    }
}
