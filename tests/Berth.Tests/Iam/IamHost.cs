using System.Net.Http.Headers;
using System.Xml.Linq;
using Berth.Tests.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Iam;

/// <summary>The real server, and a client that speaks IAM's forms to it as the root of account 123456789012. The clock stands.</summary>
internal sealed class IamHost : IAsyncDisposable
{
    public const string Account = "123456789012";

    private IamHost(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<IamHost> StartAsync()
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(await BerthHost.StartAsync(time: time), time);
    }

    /// <summary>Calls an operation, signed as the SDKs do.</summary>
    public async Task<IamReply> CallAsync(string operation, params (string Name, string Value)[] members)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"))
        {
            Content = new FormUrlEncodedContent(
                members.Select(member => KeyValuePair.Create(member.Name, member.Value))
                    .Prepend(KeyValuePair.Create("Version", "2010-05-08"))
                    .Prepend(KeyValuePair.Create("Action", operation))),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        new RequestSigner(BerthHost.AccessKeyId, BerthHost.SecretAccessKey, "iam").Sign(message, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Calls an operation that must succeed, and gives its answer.</summary>
    public async Task<IamReply> DoAsync(string operation, params (string Name, string Value)[] members)
    {
        var reply = await CallAsync(operation, members);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}\n{(reply.Status < 500 ? "" : Berth.Log)}");
        return reply;
    }

    /// <summary>Calls an operation that must be refused with one error.</summary>
    public async Task AssertRefusedAsync(
        string operation, (int Status, string Code, string Message) error, params (string Name, string Value)[] members)
    {
        var reply = await CallAsync(operation, members);
        Assert.Equal(error, (reply.Status, reply.Find("Code") ?? "", reply.Find("Message") ?? ""));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();
}

/// <summary>What IAM answered.</summary>
internal sealed record IamReply(int Status, string Body)
{
    private XElement Root => XElement.Parse(Body);

    /// <summary>The answer's members as they stand on the wire, without what surrounds them.</summary>
    public string Result
    {
        get
        {
            var result = Root.Elements().First();
            var text = string.Concat(result.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
            return text.Replace($" xmlns=\"{result.Name.NamespaceName}\"", "", StringComparison.Ordinal);
        }
    }

    /// <summary>The text of the first element of that name, or null.</summary>
    public string? Find(string name) =>
        Root.Descendants().FirstOrDefault(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal))?.Value;

    /// <summary>The text of the first element of that name.</summary>
    public string Get(string name) => Find(name) ?? throw new InvalidOperationException($"no {name} in {Body}");

    /// <summary>The texts of all elements of that name.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. Root.Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Select(element => element.Value)];
}
