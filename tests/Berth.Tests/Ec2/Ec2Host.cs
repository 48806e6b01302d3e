using System.Net.Http.Headers;
using System.Xml.Linq;
using Berth.Tests.Aws;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Ec2;

/// <summary>The real server, and a client that speaks EC2's forms to it. The clock stands.</summary>
internal sealed class Ec2Host : IAsyncDisposable
{
    private Ec2Host(BerthHost berth, FakeTimeProvider time) => (Berth, Time) = (berth, time);

    public BerthHost Berth { get; }

    public FakeTimeProvider Time { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Ec2Host> StartAsync()
    {
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(await BerthHost.StartAsync(time: time), time);
    }

    /// <summary>Calls an operation as the root, or as whoever has a key; members are <c>Name=value</c>.</summary>
    public Task<Ec2Reply> CallAsync(string operation, params IReadOnlyList<string> members) =>
        CallAsync((BerthHost.AccessKeyId, BerthHost.SecretAccessKey), operation, members);

    /// <inheritdoc cref="CallAsync(string, IReadOnlyList{string})"/>
    public async Task<Ec2Reply> CallAsync((string Id, string Secret) key, string operation, params IReadOnlyList<string> members) =>
        await SendAsync(key, "ec2", "2016-11-15", operation, members);

    /// <summary>Calls an operation of IAM that must succeed.</summary>
    public async Task<Ec2Reply> IamAsync(string operation, params IReadOnlyList<string> members)
    {
        var reply = await SendAsync((BerthHost.AccessKeyId, BerthHost.SecretAccessKey), "iam", "2010-05-08", operation, members);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}");
        return reply;
    }

    /// <summary>Calls an operation that must succeed, and gives its answer.</summary>
    public async Task<Ec2Reply> DoAsync(string operation, params IReadOnlyList<string> members)
    {
        var reply = await CallAsync(operation, members);
        Assert.True(reply.Status == 200, $"{operation}: {reply.Body}\n{(reply.Status < 500 ? "" : Berth.Log)}");
        return reply;
    }

    /// <summary>Calls an operation that must be refused with one error.</summary>
    public async Task RefusedAsync(string operation, (int Status, string Code, string Message) error, params IReadOnlyList<string> members)
    {
        var reply = await CallAsync(operation, members);
        Assert.Equal(error, (reply.Status, reply.Find("Code") ?? "", reply.Find("Message") ?? ""));
    }

    /// <summary>Makes a user with a policy, and gives its key.</summary>
    public async Task<(string Id, string Secret)> UserAsync(string name, string policy)
    {
        await IamAsync("CreateUser", $"UserName={name}");
        await IamAsync("PutUserPolicy", $"UserName={name}", "PolicyName=p", $"PolicyDocument={policy}");
        var key = await IamAsync("CreateAccessKey", $"UserName={name}");
        return (key.Get("AccessKeyId"), key.Get("SecretAccessKey"));
    }

    /// <summary>Makes a VPC 10.0.0.0/16, and gives its id.</summary>
    public async Task<string> VpcAsync(string cidr = "10.0.0.0/16") => (await DoAsync("CreateVpc", $"CidrBlock={cidr}")).Get("vpcId");

    /// <summary>Makes a subnet, and gives its id.</summary>
    public async Task<string> SubnetAsync(string vpc, string cidr = "10.0.1.0/24") =>
        (await DoAsync("CreateSubnet", $"VpcId={vpc}", $"CidrBlock={cidr}")).Get("subnetId");

    /// <summary>Makes an instance profile with a role that trusts EC2.</summary>
    public async Task ProfileAsync(string name = "hosts")
    {
        await IamAsync(
            "CreateRole",
            $"RoleName={name}",
            """AssumeRolePolicyDocument={"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""");
        await IamAsync("CreateInstanceProfile", $"InstanceProfileName={name}");
        await IamAsync("AddRoleToInstanceProfile", $"InstanceProfileName={name}", $"RoleName={name}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Berth.DisposeAsync();

    private async Task<Ec2Reply> SendAsync((string Id, string Secret) key, string service, string version, string operation, IReadOnlyList<string> members)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Berth.Url, "/"))
        {
            Content = new FormUrlEncodedContent(
                members.Select(member => member.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))
                    .Prepend(KeyValuePair.Create("Version", version))
                    .Prepend(KeyValuePair.Create("Action", operation))),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        new RequestSigner(key.Id, key.Secret, service).Sign(message, Time.GetUtcNow());
        using var response = await Berth.Http.SendAsync(message, Cancel);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}

/// <summary>What EC2 answered.</summary>
internal sealed record Ec2Reply(int Status, string Body)
{
    private XElement Root => XElement.Parse(Body);

    /// <summary>The text of the first element of that name, or null.</summary>
    public string? Find(string name) => Named(name).FirstOrDefault()?.Value;

    /// <summary>The text of the first element of that name.</summary>
    public string Get(string name) => Find(name) ?? throw new InvalidOperationException($"no {name} in {Body}");

    /// <summary>The texts of all elements of that name.</summary>
    public IReadOnlyList<string> All(string name) => [.. Named(name).Select(element => element.Value)];

    /// <summary>The first element of that name as it stands, without namespaces.</summary>
    public string Element(string name)
    {
        var element = Named(name).First();
        return element.ToString(SaveOptions.DisableFormatting).Replace($" xmlns=\"{element.Name.NamespaceName}\"", "", StringComparison.Ordinal);
    }

    private IEnumerable<XElement> Named(string name) =>
        Root.Descendants().Where(element => string.Equals(element.Name.LocalName, name, StringComparison.Ordinal));
}
