using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Berth.Network;
using Berth.Server.Hosting;
using Berth.Tests.Aws;
using Berth.Vocabulary;

namespace Berth.Tests.Gate.Doors;

/// <summary>The real server behind a proxy that is believed, so that a test says where requests come from, and with the networks that it makes.</summary>
internal sealed class DoorHost : IAsyncDisposable
{
    /// <summary>An address in <see cref="VpcAsync"/>'s network.</summary>
    public const string Inside = "10.0.1.7";

    /// <summary>One that is in no network.</summary>
    public const string Outside = "192.0.2.1";

    public const string ApiName = "api.ecr.us-east-1.amazonaws.com";
    public const string RegistryName = $"{GateHost.Own}.dkr.ecr.us-east-1.amazonaws.com";

    private DoorHost(GateHost gate) => Gate = gate;

    public GateHost Gate { get; }

    public Actor Root => Gate.Root;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Domain Domain => Gate.Berth.Server.Domain;

    public static async Task<DoorHost> StartAsync(Func<BerthOptions, BerthOptions>? configure = null) => new(await GateHost.StartAsync(
        options => (configure ?? (same => same))(options with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] })));

    /// <summary>A network 10.0.0.0/16 with a subnet 10.0.1.0/24, of which the latter's addresses may use port 443.</summary>
    public async Task<TestNetwork> VpcAsync(string account = GateHost.Own)
    {
        var home = new RegistryId(AccountId.Parse(account), RegionName.Parse("us-east-1"));
        var objects = Domain.Networks.Objects;
        return await objects.WriteAsync(
            async tx =>
            {
                var vpc = await objects.InsertAsync(tx, new Vpc { Home = home, Cidr = "10.0.0.0/16", CidrAssociationId = "vpc-cidr-assoc-1", DnsHostnames = true });
                var subnet = await objects.InsertAsync(tx, new Subnet { Home = home, VpcId = vpc.Id, Cidr = "10.0.1.0/24", Zone = "us-east-1a" });
                var table = await objects.InsertAsync(tx, new RouteTable { Home = home, VpcId = vpc.Id, Routes = [new("10.0.0.0/16", Route.Local)] });
                await objects.InsertAsync(tx, new RouteTableAssociation { Home = home, VpcId = vpc.Id, ParentId = table.Id });
                var group = await objects.InsertAsync(tx, new SecurityGroup { Home = home, VpcId = vpc.Id, Name = "default", Description = "default VPC security group" });
                var rule = await objects.InsertAsync(
                    tx, new SecurityGroupRule { Home = home, VpcId = vpc.Id, ParentId = group.Id, Protocol = "tcp", FromPort = 443, ToPort = 443, CidrV4 = "10.0.1.0/24" });
                return new TestNetwork(vpc, subnet, table, group, rule);
            },
            Cancel);
    }

    /// <summary>An interface endpoint with an address in the subnet, or a gateway that the main route table leads to.</summary>
    public Task<VpcEndpoint> DoorAsync(TestNetwork network, string service, string? policy = null) => Domain.Networks.Endpoints.CreateAsync(
        network.Vpc.Home,
        service is "s3"
            ? new(network.Vpc.Id, "com.amazonaws.us-east-1.s3") { IsGateway = true, Policy = policy, RouteTableIds = [network.Table.Id] }
            : new(network.Vpc.Id, $"com.amazonaws.us-east-1.{service}") { Policy = policy, SubnetIds = [network.Subnet.Id] },
        Cancel);

    /// <summary>Changes an endpoint.</summary>
    public Task ChangeAsync(VpcEndpoint endpoint, EndpointChange change) => Domain.Networks.Endpoints.ModifyAsync(endpoint.Home, endpoint.Id, change, Cancel);

    /// <summary>Takes a part of the network away.</summary>
    public Task DeleteAsync(NetworkObject part) => Domain.Networks.Objects.WriteAsync(tx => Domain.Networks.Objects.DeleteAsync(tx, part), Cancel);

    /// <summary>Calls an operation of a JSON service by a name and from an address; null when there was no answer.</summary>
    public async Task<GateReply?> CallAsync(
        Actor actor, (string Host, string Source) way, string operation, object request, string service = "ecr", string region = "us-east-1")
    {
        using var message = Message(HttpMethod.Post, "/", way);
        message.Headers.Add("X-Amz-Target", service is "ecr" ? $"AmazonEC2ContainerRegistry_V20150921.{operation}" : $"Berth_20261101.{operation}");
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        new RequestSigner(actor.Caller.AccessKeyId, actor.Secret, service) { Region = region }.Sign(message, Gate.Time.GetUtcNow());
        return await SendAsync(message);
    }

    /// <summary>Calls an operation of STS.</summary>
    public async Task<GateReply?> StsAsync(Actor actor, (string Host, string Source) way)
    {
        using var message = Message(HttpMethod.Post, "/", way);
        message.Content = new FormUrlEncodedContent([new("Action", "GetCallerIdentity"), new("Version", "2011-06-15")]);
        new RequestSigner(actor.Caller.AccessKeyId, actor.Secret, "sts").Sign(message, Gate.Time.GetUtcNow());
        return await SendAsync(message);
    }

    /// <summary>Sends a request of the OCI wire.</summary>
    public async Task<GateReply?> DockerAsync(Actor actor, (string Host, string Source) way, string method, string path)
    {
        using var message = Message(new(method), path, way);
        message.Headers.TryAddWithoutValidation("Authorization", Gate.AuthorizationOf(actor.Caller));
        return await SendAsync(message);
    }

    /// <summary>Downloads from a URL.</summary>
    public async Task<GateReply?> DownloadAsync(Uri url, string source)
    {
        using var message = Message(HttpMethod.Get, url.PathAndQuery, (url.Authority, source));
        return await SendAsync(message);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Gate.DisposeAsync();

    private HttpRequestMessage Message(HttpMethod method, string path, (string Host, string Source) way)
    {
        var message = new HttpRequestMessage(method, new Uri(Gate.Berth.Url, path));
        message.Headers.Host = way.Host;
        message.Headers.Add("X-Forwarded-For", way.Source);
        return message;
    }

    private async Task<GateReply?> SendAsync(HttpRequestMessage message)
    {
        try
        {
            using var response = await Gate.Berth.Http.SendAsync(message, Cancel);
            return new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(Cancel));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>What a test's network is made of.</summary>
internal sealed record TestNetwork(Vpc Vpc, Subnet Subnet, RouteTable Table, SecurityGroup Group, SecurityGroupRule Rule);
