using System.Xml.Linq;
using Berth.Tests.Aws;
using Berth.Tests.Stacks;

namespace Berth.Tests.CloudFormation;

/// <summary>The real server with a type that only remembers, and a client that speaks CloudFormation to it.</summary>
internal sealed class StackHost : IAsyncDisposable
{
    private StackHost(BerthHost berth) => Berth = berth;

    public BerthHost Berth { get; }

    public FakeThings Things { get; } = new();

    public static (string Id, string Secret) Root => (BerthHost.AccessKeyId, BerthHost.SecretAccessKey);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<StackHost> StartAsync()
    {
        var host = new StackHost(await BerthHost.StartAsync());
        host.Berth.Server.Domain.ResourceTypes = [host.Things, new FakeRoles()];
        return host;
    }

    /// <summary>Calls an operation: <c>"StackName", "app"</c> are its members.</summary>
    public Task<StackReply> CallAsync(string operation, params string[] members) => CallAsync(Root, operation, members);

    /// <summary>Calls an operation under a key.</summary>
    public Task<StackReply> CallAsync((string Id, string Secret) key, string operation, params string[] members) =>
        SendAsync(key, "cloudformation", "2010-05-15", operation, members);

    /// <summary>Calls an operation of IAM, which must succeed.</summary>
    public async Task<StackReply> IamAsync(string operation, params string[] members)
    {
        var reply = await SendAsync(Root, "iam", "2010-05-08", operation, members);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}");
        return reply;
    }

    /// <summary>Calls an operation that must succeed.</summary>
    public async Task<StackReply> DoAsync(string operation, params string[] members)
    {
        var reply = await CallAsync(operation, members);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}\n{(reply.Status < 500 ? "" : Berth.Log)}");
        return reply;
    }

    /// <summary>Calls an operation that must be refused with one error.</summary>
    public async Task RefusedAsync(string error, string operation, params string[] members)
    {
        var reply = await CallAsync(operation, members);
        Assert.Equal(error, $"{reply.Status} {reply["Code"]}: {reply["Message"]}");
    }

    /// <summary>Waits until a stack stands, and gives its status.</summary>
    public async Task<string> WaitAsync(string stack)
    {
        while (true)
        {
            var status = (await DoAsync("DescribeStacks", "StackName", stack))["StackStatus"]!;
            if (!status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Makes a stack and waits for it.</summary>
    public async Task<string> MakeAsync(string name, string template)
    {
        var id = (await DoAsync("CreateStack", "StackName", name, "TemplateBody", template))["StackId"]!;
        Assert.Equal("CREATE_COMPLETE", await WaitAsync(id));
        return id;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private async Task<StackReply> SendAsync((string Id, string Secret) key, string service, string version, string operation, string[] members)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"))
        {
            Content = new FormUrlEncodedContent(
                members.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1])).Append(new("Action", operation)).Append(new("Version", version))),
        };
        new RequestSigner(key.Id, key.Secret, service).Sign(request, TimeProvider.System.GetUtcNow());
        using var response = await Berth.Http.SendAsync(request, Cancel);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}

/// <summary>What CloudFormation answered.</summary>
internal sealed record StackReply(int Status, string Body)
{
    /// <summary>The text of the first element of that name; null when there is none.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    /// <summary>The texts of all elements of that name.</summary>
    public string[] All(string name) =>
        [.. XDocument.Parse(Body).Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal)).Select(element => element.Value)];

    /// <summary>What lies within the element of the result, as it was written, without namespaces.</summary>
    public string Result => string.Concat(
        XDocument.Parse(Body.Replace(" xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"", "", StringComparison.Ordinal))
            .Root!.Elements().First().Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
}
