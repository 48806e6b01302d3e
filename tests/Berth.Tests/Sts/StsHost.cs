using System.Net.Http.Headers;
using System.Xml.Linq;
using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Tests.Aws;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Sts;

/// <summary>Who signs a call of a test: a long-term or temporary key.</summary>
internal sealed record Signer(string KeyId, string Secret, string? Token = null)
{
    public static Signer Root { get; } = new(BerthHost.AccessKeyId, BerthHost.SecretAccessKey);
}

/// <summary>The real server with users and roles of a test's own; the clock stands.</summary>
internal sealed class StsHost : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string AllowAll = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    /// <summary>Leaves it to the account's own policies who may assume a role, tag its sessions and set their source.</summary>
    public const string TrustAccount =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}""";

    private static readonly AccountScope Scope = new(AccountId.Parse(Account), "aws");

    private StsHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    private Berth.Server.Hosting.Domain Domain => Berth.Server.Domain;

    public static async Task<StsHost> StartAsync()
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(await BerthHost.StartAsync(time: time), time);
    }

    /// <summary>Makes a user with one inline policy, and a key of it.</summary>
    public async Task<Signer> CreateUserAsync(string name, string policy = AllowAll)
    {
        var user = await CreateAsync(new(Scope, EntityKind.User, name), policy);
        var key = new AccessKey(Domain.Stores.Ids.NewAccessKeyId(), Domain.Stores.Ids.NewSecretAccessKey(), new(user.Arn, user.Account, user.Id));
        var keys = new AccessKeys(Domain.Stores.Database, Domain.Stores.Keyring, new(), Time);
        await WriteAsync(tx => keys.AddAsync(tx, key));
        return new(key.Id, key.Secret);
    }

    /// <summary>Makes a role with one inline policy.</summary>
    public Task<Entity> CreateRoleAsync(string name, string trust = TrustAccount, string policy = AllowAll, int maxSession = 3600) =>
        CreateAsync(new(Scope, EntityKind.Role, name), policy, async (tx, role) => await tx.ExecuteAsync(
            "INSERT INTO iam_role (id, trust, max_session) VALUES (@Id, @trust, @maxSession)", new { role.Id, trust, maxSession }));

    /// <summary>Replaces the inline policy of a user or role.</summary>
    public Task PutPolicyAsync(EntityKind kind, string name, string policy) => WriteAsync(async tx =>
    {
        var entity = await EntityRow.GetAsync(tx, new(Scope, kind, name));
        await tx.ExecuteAsync("UPDATE iam_inline_policy SET document = @policy WHERE entity_id = @Id", new { policy, entity.Id });
    });

    /// <summary>Makes a managed policy of the account.</summary>
    public Task<Entity> CreatePolicyAsync(string name, string document) =>
        CreateAsync(new(Scope, EntityKind.Policy, name), policy: null, async (tx, policy) =>
        {
            await tx.ExecuteAsync(
                "INSERT INTO iam_policy (id, default_version, latest_version, updated_at) VALUES (@Id, 1, 1, 0)", new { policy.Id });
            await tx.ExecuteAsync(
                "INSERT INTO iam_policy_version (policy_id, version, document, created_at) VALUES (@Id, 1, @document, 0)", new { policy.Id, document });
        });

    /// <summary>Deletes a user or role.</summary>
    public Task DeleteAsync(EntityKind kind, string name) => WriteAsync(async tx =>
        await Domain.Entities.DeleteAsync(tx, (await EntityRow.GetAsync(tx, new(Scope, kind, name))).Id));

    /// <summary>Writes rows as IAM would: decisions are made by them at once.</summary>
    public Task WriteAsync(Func<Transaction, Task> write) => Domain.Stores.Database.WriteAsync(
        async tx =>
        {
            await write(tx);
            Domain.IdentityChanges.Follow(tx);
        },
        TestContext.Current.CancellationToken);

    /// <summary>Calls a Query service, signed as the SDKs do, or with no signer not at all.</summary>
    public async Task<QueryReply> CallAsync(Signer? signer, string form, string service = "sts")
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"));
        message.Content = new StringContent(
            $"{form}&Version={(service is "sts" ? "2011-06-15" : "2010-05-08")}", new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8"));
        return await SendAsync(signer, message, service);
    }

    /// <summary>Signs a request of whatever service and sends it.</summary>
    public async Task<QueryReply> SendAsync(Signer? signer, HttpRequestMessage message, string service)
    {
        if (signer is not null)
        {
            if (signer.Token is { } token)
            {
                message.Headers.Add("X-Amz-Security-Token", token);
            }

            new RequestSigner(signer.KeyId, signer.Secret, service).Sign(message, Time.GetUtcNow());
        }

        using var response = await Berth.Http.SendAsync(message);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync())
        {
            AuthorizationMessage = response.Headers.TryGetValues("x-berth-authorization-message", out var values) ? values.Single() : null,
        };
    }

    /// <summary>Calls an operation of ECR.</summary>
    public async Task<QueryReply> EcrAsync(Signer signer, string operation, string body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        message.Content = new StringContent(body, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        return await SendAsync(signer, message, "ecr");
    }

    /// <summary>Assumes a role, which must succeed, and gives the session's key.</summary>
    public async Task<Signer> AssumeAsync(Signer signer, string role, string more = "")
    {
        var reply = await CallAsync(signer, AssumeRole(role, more));
        Assert.True(reply.Status == 200, reply.Body + Berth.Log);
        return reply.Signer;
    }

    /// <summary>The form of a call of AssumeRole.</summary>
    public static string AssumeRole(string role, string more = "") =>
        $"Action=AssumeRole&RoleArn=arn:aws:iam::{Account}:role/{role}&RoleSessionName=session{more}";

    /// <summary>Calls an operation that must be refused with one error.</summary>
    public async Task AssertRefusedAsync(Signer? signer, string form, int status, string code, string message, string service = "sts")
    {
        var reply = await CallAsync(signer, form, service);
        Assert.Equal((status, code, message), (reply.Status, reply.Text("Code"), reply.Text("Message")));
    }

    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private async Task<Entity> CreateAsync(EntityName name, string? policy, Func<Transaction, Entity, Task>? more = null)
    {
        Entity made = null!;
        await WriteAsync(async tx =>
        {
            made = await Domain.Entities.CreateAsync(tx, new(name));
            if (policy is not null)
            {
                await tx.ExecuteAsync(
                    "INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@Id, 'policy', @policy)", new { made.Id, policy });
            }

            if (more is not null)
            {
                await more(tx, made);
            }
        });
        return made;
    }
}

/// <summary>What a Query service answered.</summary>
internal sealed record QueryReply(int Status, string Body)
{
    public string? AuthorizationMessage { get; init; }

    /// <summary>The key in the answer.</summary>
    public Signer Signer => new(Text("AccessKeyId")!, Text("SecretAccessKey")!, Text("SessionToken"));

    /// <summary>The text of the first element of that name, or null.</summary>
    public string? Text(string name) =>
        XDocument.Parse(Body).Descendants().FirstOrDefault(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal))?.Value;

    /// <summary>The texts of all elements of that name.</summary>
    public IEnumerable<string> Texts(string name) =>
        XDocument.Parse(Body).Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Select(element => element.Value);
}
