using System.Xml.Linq;
using Berth.Tests.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Iam;

/// <summary>The real server, and a client that speaks IAM's Query protocol to it, as the root of account 123456789012 unless told otherwise.</summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private PeopleHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    /// <summary>Stands at noon of 15 January 2026 until a test moves it.</summary>
    public FakeTimeProvider Time { get; }

    public static (string Id, string Secret) Root => (BerthHost.AccessKeyId, BerthHost.SecretAccessKey);

    public static async Task<PeopleHost> StartAsync(bool givesRootKey = true)
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(
            await BerthHost.StartAsync(
                options => givesRootKey ? options : options with { RootAccessKeyId = null, RootSecretAccessKey = null }, time),
            time);
    }

    /// <summary>Calls an action of IAM: <c>"UserName", "alice"</c> are its members.</summary>
    public Task<PeopleReply> CallAsync(string action, params string[] members) => CallAsync(Root, action, members);

    /// <summary>Calls an action under a key.</summary>
    public Task<PeopleReply> CallAsync((string Id, string Secret) key, string action, params string[] members) =>
        SendAsync(key, "iam", $"Action={action}&Version=2010-05-08{string.Concat(members.Chunk(2).Select(pair => $"&{pair[0]}={Uri.EscapeDataString(pair[1])}"))}");

    /// <summary>Asks who a key belongs to, with a session's token when it has one.</summary>
    public Task<PeopleReply> WhoAsync((string Id, string Secret) key, string? token = null) =>
        SendAsync(key, "sts", "Action=GetCallerIdentity&Version=2011-06-15", token);

    /// <summary>Calls an action that must succeed.</summary>
    public async Task<PeopleReply> DoAsync(string action, params string[] members)
    {
        var reply = await CallAsync(action, members);
        Assert.True(reply.Status == 200, $"{action}: {reply.Body}");
        return reply;
    }

    /// <summary>Calls an action that must be refused with one error.</summary>
    public async Task AssertRefusedAsync(int status, string code, string message, string action, params string[] members)
    {
        var reply = await CallAsync(action, members);
        Assert.Equal((status, code, message), (reply.Status, reply["Code"], reply["Message"]));
    }

    /// <summary>Makes a user, and gives a key of it.</summary>
    public async Task<(string Id, string Secret)> CreateUserAsync(string name, string? policy = null)
    {
        await DoAsync("CreateUser", "UserName", name);
        if (policy is not null)
        {
            await DoAsync("PutUserPolicy", "UserName", name, "PolicyName", "p", "PolicyDocument", policy);
        }

        return await CreateKeyAsync(name);
    }

    /// <summary>Makes a key of a user.</summary>
    public async Task<(string Id, string Secret)> CreateKeyAsync(string name)
    {
        var made = await DoAsync("CreateAccessKey", "UserName", name);
        return (made["AccessKeyId"]!, made["SecretAccessKey"]!);
    }

    /// <summary>The root key that the server made for itself.</summary>
    public async Task<(string Id, string Secret)> ReadRootKeyAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Berth.Data, "credentials"));
        return (lines[1].Split(" = ")[1], lines[2].Split(" = ")[1]);
    }

    /// <summary>Sends a signed form.</summary>
    public async Task<PeopleReply> SendAsync((string Id, string Secret) key, string service, string form, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"))
        {
            Content = new StringContent(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8")),
        };
        if (token is not null)
        {
            request.Headers.Add("X-Amz-Security-Token", token);
        }

        new RequestSigner(key.Id, key.Secret, service).Sign(request, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();
}

/// <summary>What IAM answered.</summary>
internal sealed record PeopleReply(int Status, string Body)
{
    /// <summary>The text of the first element of that name; null when there is none.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>What lies within the element of the result, as it was written, without namespaces.</summary>
    public string Result => string.Concat(
        XDocument.Parse(Body.Replace(" xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"", "", StringComparison.Ordinal))
            .Root!.Elements().First().Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));

    /// <summary>The texts of all elements of that name.</summary>
    public string[] All(string name) =>
        [.. XDocument.Parse(Body).Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Select(element => element.Value)];
}
