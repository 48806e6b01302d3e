using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Identity;
using Berth.Tests.Aws;
using Berth.Tests.Ecr;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Organizations;

/// <summary>The real server with a second account, and clients of both that speak Organizations' and ECR's JSON.</summary>
internal sealed class OrganizationsHost : IAsyncDisposable
{
    public const string Management = "123456789012";
    public const string Member = "210987654321";

    private OrganizationsHost(BerthHost berth, FakeTimeProvider time, AccessKey member) => (Berth, Time, MemberRoot) = (berth, time, member);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The root key of the second account.</summary>
    public AccessKey MemberRoot { get; }

    public static async Task<OrganizationsHost> StartAsync()
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        var berth = await BerthHost.StartAsync(time: time);
        var stores = berth.Server.Domain.Stores;
        var keys = new AccessKeys(stores.Database, stores.Keyring, stores.IdentityChanges, time);
        var member = await new RootKeys(stores.Database, keys, stores.Ids, time)
            .EstablishAsync(Principal.Root(AccountId.Parse(Member), "aws"), TestContext.Current.CancellationToken);
        return new(berth, time, member);
    }

    /// <summary>Calls Organizations as the root of the management account.</summary>
    public Task<EcrReply> CallAsync(string operation, object request) =>
        SendAsync("organizations", $"AWSOrganizationsV20161128.{operation}", request, (BerthHost.AccessKeyId, BerthHost.SecretAccessKey));

    /// <summary>Calls Organizations as the root of the second account.</summary>
    public Task<EcrReply> CallAsMemberAsync(string operation, object request) =>
        SendAsync("organizations", $"AWSOrganizationsV20161128.{operation}", request, (MemberRoot.Id, MemberRoot.Secret));

    /// <summary>Calls ECR as the root of the second account.</summary>
    public Task<EcrReply> EcrAsMemberAsync(string operation, object request) =>
        SendAsync("ecr", $"AmazonEC2ContainerRegistry_V20150921.{operation}", request, (MemberRoot.Id, MemberRoot.Secret));

    /// <summary>Calls ECR as the root of the management account.</summary>
    public Task<EcrReply> EcrAsync(string operation, object request) =>
        SendAsync("ecr", $"AmazonEC2ContainerRegistry_V20150921.{operation}", request, (BerthHost.AccessKeyId, BerthHost.SecretAccessKey));

    /// <summary>Calls Organizations, which must do it.</summary>
    public async Task<JsonElement> DoAsync(string operation, object request)
    {
        var reply = await CallAsync(operation, request);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}\n{Berth.Log}");
        return reply.Json;
    }

    /// <summary>Makes a policy and attaches it.</summary>
    public async Task<string> LimitAsync(string target, string type, string content)
    {
        var policy = await DoAsync("CreatePolicy", new { Name = "limit", Description = "", Type = type, Content = content });
        var id = policy.GetProperty("Policy").GetProperty("PolicySummary").GetProperty("Id").GetString()!;
        await DoAsync("AttachPolicy", new { PolicyId = id, TargetId = target });
        return id;
    }

    public async Task<string> RootIdAsync() => (await DoAsync("ListRoots", new { })).GetProperty("Roots")[0].GetProperty("Id").GetString()!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private async Task<EcrReply> SendAsync(string service, string target, object request, (string Id, string Secret) key)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"));
        message.Headers.Add("X-Amz-Target", target);
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        new RequestSigner(key.Id, key.Secret, service).Sign(message, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
