using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Server.Hosting;
using Berth.Storage.Rows;
using Berth.Tests.Aws;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Gate;

/// <summary>The real server with users and roles whose policies a test chooses, each of whom speaks both wires. The clock stands.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    public const string Own = "123456789012";
    public const string Other = "210987654321";

    private GateHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The root of the account that the registry belongs to.</summary>
    public Actor Root => new(this, new(Principal.Root(AccountId.Parse(Own), "aws"), BerthHost.AccessKeyId), BerthHost.SecretAccessKey);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Domain Domain => Berth.Server.Domain;

    public static async Task<GateHost> StartAsync(Func<BerthOptions, BerthOptions>? configure = null)
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(await BerthHost.StartAsync(configure, time), time);
    }

    /// <summary>A user with a long-term key and one inline policy.</summary>
    public async Task<Actor> UserAsync(string name, string? policy, string account = Own, params IReadOnlyList<EntityTag> tags)
    {
        var user = await CreateAsync(EntityKind.User, name, account, policy, tags);
        var principal = new Principal(user.Arn, user.Account, user.Id);
        var key = new AccessKey(Ids.NewAccessKeyId(), Ids.NewSecretAccessKey(), principal);
        await Database.WriteAsync(tx => Keys.AddAsync(tx, key), Cancel);
        return new(this, new(principal, key.Id), key.Secret);
    }

    /// <summary>A session of a role with one inline policy.</summary>
    public async Task<Actor> RoleAsync(string name, string? policy, string account = Own, Func<Session, Session>? change = null)
    {
        var role = await CreateAsync(EntityKind.Role, name, account, policy, []);
        var session = new Session { OwnerId = role.Id, IssuedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow().AddHours(1) };
        var key = Domain.SessionTokens.Issue(
            new($"arn:aws:sts::{account}:assumed-role/{name}/work", role.Account, $"{role.Id}:work"), change?.Invoke(session) ?? session);
        return new(this, key.Caller, key.Key.Secret) { Token = key.Token };
    }

    /// <summary>Takes a user or role away, as IAM would.</summary>
    public Task DeleteAsync(EntityKind kind, string name) => Database.WriteAsync(
        async tx =>
        {
            var entity = await EntityRow.GetAsync(tx, new(new(AccountId.Parse(Own), "aws"), kind, name));
            await Domain.Entities.DeleteAsync(tx, entity.Id);
        },
        Cancel);

    /// <summary>What <c>docker login</c> sends for a caller.</summary>
    public string AuthorizationOf(Caller caller)
    {
        var tokens = new AuthorizationTokens(Domain.Stores.Keyring, Keys, Domain.Permissions, Ids);
        return "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"AWS:{tokens.Issue(caller, Time.GetUtcNow()).Password}"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private Database Database => Domain.Stores.Database;

    private Ids Ids => Domain.Stores.Ids;

    private AccessKeys Keys => new(Database, Domain.Stores.Keyring, Domain.IdentityChanges, Time);

    private Task<Entity> CreateAsync(EntityKind kind, string name, string account, string? policy, IReadOnlyList<EntityTag> tags) => Database.WriteAsync(
        async tx =>
        {
            await tx.ExecuteAsync("INSERT INTO account (id, created_at) VALUES (@account, 0) ON CONFLICT (id) DO NOTHING", new { account });
            var entity = await Domain.Entities.CreateAsync(tx, new(new(new(AccountId.Parse(account), "aws"), kind, name)) { Tags = tags });
            if (policy is not null)
            {
                await tx.ExecuteAsync(
                    "INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@Id, 'own', @policy)", new { entity.Id, policy });
            }

            return entity;
        },
        Cancel);
}

/// <summary>Somebody with a key.</summary>
internal sealed record Actor(GateHost Host, Caller Caller, string Secret)
{
    public string? Token { get; init; }

    public string Arn => Caller.Arn;

    /// <summary>Calls an operation of ECR, signed as the SDKs do.</summary>
    public async Task<GateReply> CallAsync(string operation, object request, string region = "us-east-1", params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        Sign(message, "ecr", region);
        return await SendAsync(message, headers);
    }

    /// <summary>Calls an operation of STS.</summary>
    public async Task<GateReply> StsAsync(params IReadOnlyList<(string Name, string Value)> form)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Berth.Url, "/"));
        message.Content = new FormUrlEncodedContent(form.Append(("Version", "2011-06-15")).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        Sign(message, "sts", "us-east-1");
        return await SendAsync(message, []);
    }

    /// <summary>Calls an operation of Berth's own service.</summary>
    public async Task<GateReply> BerthAsync(string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", $"Berth_20261101.{operation}");
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        Sign(message, "berth", "us-east-1");
        return await SendAsync(message, []);
    }

    /// <summary>Sends a request to the upload area, signed as for S3.</summary>
    public async Task<GateReply> S3Async(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(new(method), new Uri(Host.Berth.Url, path));
        message.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        Sign(message, "s3", "us-east-1");
        return await SendAsync(message, []);
    }

    /// <summary>Calls an operation that must succeed, and gives its answer.</summary>
    public async Task<JsonElement> DoAsync(string operation, object request)
    {
        var reply = await CallAsync(operation, request);
        Assert.True(reply.Status is HttpStatusCode.OK, $"{operation}: {reply.Body}");
        return JsonElement.Parse(reply.Body);
    }

    /// <summary>Sends a request of the OCI wire, signed in as docker does.</summary>
    public async Task<GateReply> SendAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(new(method), new Uri(Host.Berth.Url, path));
        message.Headers.TryAddWithoutValidation("Authorization", Host.AuthorizationOf(Caller));
        message.Content = body is null ? null : new ByteArrayContent(body);
        return await SendAsync(message, headers);
    }

    /// <summary>Sets the policy of a repository.</summary>
    public Task<JsonElement> SetPolicyAsync(string repository, string policy) =>
        DoAsync("SetRepositoryPolicy", new { repositoryName = repository, policyText = policy, force = true });

    private void Sign(HttpRequestMessage message, string service, string region)
    {
        if (Token is not null)
        {
            message.Headers.Add("X-Amz-Security-Token", Token);
        }

        new RequestSigner(Caller.AccessKeyId, Secret, service) { Region = region }.Sign(message, Host.Time.GetUtcNow());
    }

    private async Task<GateReply> SendAsync(HttpRequestMessage message, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Host.Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>What came back on either wire.</summary>
internal sealed record GateReply(HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    /// <summary>The code and the sentence for the caller, whichever wire wrote them.</summary>
    public (string? Code, string? Text) Error => JsonElement.Parse(Body) is var json && json.TryGetProperty("errors", out var errors)
        ? (Text(errors[0], "code"), Text(errors[0], "message"))
        : (Text(json, "__type"), Text(json, "Message") ?? Text(json, "message"));

    /// <summary>Whether it was let through: whatever came of it then, it was no denial.</summary>
    public bool IsAllowed => Status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !Body.Contains("AccessDeniedException", StringComparison.Ordinal);

    /// <summary>The sealed message of a denial, or null.</summary>
    public string? AuthorizationMessage => Headers.TryGetValues("x-berth-authorization-message", out var values) ? values.Single() : null;

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) ? value.GetString() : null;
}
