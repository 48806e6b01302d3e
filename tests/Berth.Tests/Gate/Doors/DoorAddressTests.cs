using System.Net.Sockets;
using Berth.Network;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Tests.Gate.Doors;

/// <summary>An address that is one endpoint's alone: every connection to it comes through that door, or comes to nothing.</summary>
public sealed class DoorAddressTests
{
    private const string Nowhere = "vpce-0123456789abcdef0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_there_is_no_such_endpoint_connections_are_closed()
    {
        await using var host = await GateHost.StartAsync(options => options with { DoorListeners = [new(Nowhere, ListenAddress.Parse("http://127.0.0.1:0"))] });

        Assert.Empty(await SayAsync(host.Berth.Server.DoorAddresses[0], "GET /healthz HTTP/1.0\r\n\r\n"));
        Assert.Contains($"there is no interface VPC endpoint {Nowhere}", host.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_groups_decide_before_anything_is_said_and_the_address_tells_the_endpoint()
    {
        await using var host = await GateHost.StartAsync(options => options with { DoorListeners = [new(Nowhere, ListenAddress.Parse("http://127.0.0.1:0"))] });
        var rule = await ArrangeAsync(host, "127.0.0.0/8");
        var address = host.Berth.Server.DoorAddresses[0];

        // A name that says nothing of an endpoint, and a service that this one does not lead to.
        Assert.Contains("200 OK", await SayAsync(address, "GET /healthz HTTP/1.0\r\nHost: anything\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("does not lead to 'sts'", await SayAsync(address, "GET /?Action=AssumeRoleWithWebIdentity&Version=2011-06-15 HTTP/1.0\r\nHost: anything\r\n\r\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("does not lead", await SayAsync(host.Berth.Url, "GET /?Action=AssumeRoleWithWebIdentity&Version=2011-06-15 HTTP/1.0\r\nHost: anything\r\n\r\n"), StringComparison.Ordinal);

        var objects = host.Berth.Server.Domain.Networks.Objects;
        await objects.WriteAsync(tx => objects.DeleteAsync(tx, rule), Cancel);

        Assert.Empty(await SayAsync(address, "GET /healthz HTTP/1.0\r\nHost: anything\r\n\r\n"));
    }

    private static Task<SecurityGroupRule> ArrangeAsync(GateHost host, string admitted)
    {
        var home = new RegistryId(AccountId.Parse(GateHost.Own), RegionName.Parse("us-east-1"));
        var objects = host.Berth.Server.Domain.Networks.Objects;
        return objects.WriteAsync(
            async tx =>
            {
                var vpc = await objects.InsertAsync(tx, new Vpc { Home = home, Cidr = "10.0.0.0/16", CidrAssociationId = "vpc-cidr-assoc-1" });
                var group = await objects.InsertAsync(tx, new SecurityGroup { Home = home, VpcId = vpc.Id, Name = "default", Description = "d" });
                await objects.InsertAsync(tx, new VpcEndpoint
                {
                    Id = Nowhere,
                    Home = home,
                    VpcId = vpc.Id,
                    ServiceName = "com.amazonaws.us-east-1.ecr.api",
                    Suffix = "abcd1234",
                    GroupIds = [group.Id],
                });
                return await objects.InsertAsync(
                    tx, new SecurityGroupRule { Home = home, VpcId = vpc.Id, ParentId = group.Id, Protocol = "-1", CidrV4 = admitted });
            },
            Cancel);
    }

    // What comes back before the connection ends; nothing when it is closed at once.
    private static async Task<string> SayAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        try
        {
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), Cancel);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync(Cancel);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
