using Berth.Network;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Network;

/// <summary>Endpoints over a database of the test's own, on SQLite and on PostgreSQL.</summary>
public abstract class VpcEndpointsContract(TestDatabase rows) : IAsyncLifetime
{
    private const string Api = "com.amazonaws.us-east-1.ecr.api";
    private const string Layers = "com.amazonaws.us-east-1.s3";

    private static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private Database database = null!;
    private NetworkObjects objects = null!;
    private VpcEndpoints endpoints = null!;
    private Doors doors = null!;
    private Vpc vpc = null!;
    private Subnet subnet = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await rows.GetDialectAsync(), time, Cancel);
        objects = new(database, new(), time);
        endpoints = new(objects, new(objects));
        doors = new(database, new(), objects, Home.Account, time);
        vpc = await new Vpcs(objects, new(objects)).CreateAsync(
            new() { Home = Home, Cidr = "10.0.0.0/16", CidrAssociationId = "vpc-cidr-assoc-1", DnsHostnames = true }, Cancel);
        subnet = await InsertAsync(new Subnet { Home = Home, VpcId = vpc.Id, Cidr = "10.0.1.0/24", Zone = "us-east-1a" });
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await rows.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_interface_takes_an_address_of_its_subnet_and_gives_it_back()
    {
        var made = await CreateAsync(new(vpc.Id, Api) { SubnetIds = [subnet.Id] });

        var own = Assert.Single(await objects.ReadAsync(reader => objects.PartsAsync<NetworkInterface>(reader, Home, [made.Id]), Cancel));
        Assert.Equal(("10.0.1.4", "us-east-1a", $"VPC Endpoint Interface {made.Id}"), (own.PrivateAddress, own.Zone, own.Description));
        Assert.Equal(made.GroupIds, own.GroupIds);
        Assert.Matches(
            $@"\A{made.Id}-[a-z2-7]{{8}}\.api\.ecr\.us-east-1\.vpce\.amazonaws\.com {made.Id}-[a-z2-7]{{8}}-us-east-1a\.api\.ecr\.us-east-1\.vpce\.amazonaws\.com api\.ecr\.us-east-1\.amazonaws\.com\z",
            string.Join(' ', made.DnsEntries.Select(entry => entry.Name)));
        Assert.Equal("NetworkObjectInUse", await FaultOfAsync(() => objects.WriteAsync(tx => objects.DeleteAsync(tx, subnet), Cancel)));

        Assert.Empty(await endpoints.DeleteAsync(Home, [made.Id], Cancel));
        await objects.WriteAsync(tx => objects.DeleteAsync(tx, subnet), Cancel);
    }

    [Fact]
    public async Task A_certain_address_can_be_had()
    {
        await CreateAsync(new(vpc.Id, Api) { SubnetIds = [subnet.Id], Addresses = new Dictionary<string, string>(StringComparer.Ordinal) { [subnet.Id] = "10.0.1.77" } });

        var door = Assert.Single((await doors.GetAsync(Cancel)).All);
        Assert.Equal("10.0.1.77/32", string.Join(' ', door.Admitted));
    }

    [Fact]
    public async Task The_default_group_admits_its_members()
    {
        var made = await CreateAsync(new(vpc.Id, Api));
        Assert.Empty(Assert.Single((await doors.GetAsync(Cancel)).All).Admitted);

        await InsertAsync(new NetworkInterface
        {
            Home = Home,
            VpcId = vpc.Id,
            SubnetId = subnet.Id,
            Zone = subnet.Zone,
            PrivateAddress = "10.0.1.9",
            GroupIds = made.GroupIds,
        });

        Assert.Equal("10.0.1.9/32", string.Join(' ', Assert.Single((await doors.GetAsync(Cancel)).All).Admitted));
    }

    [Fact]
    public async Task A_gateway_stands_in_its_route_tables_and_serves_their_subnets()
    {
        var other = await InsertAsync(new Subnet { Home = Home, VpcId = vpc.Id, Cidr = "10.0.2.0/24", Zone = "us-east-1b" });
        var tables = new RouteTables(objects);
        var table = await tables.CreateAsync(Home, vpc.Id, new(), Cancel);
        await tables.AssociateAsync(Home, table.Id, other.Id, Cancel);
        var made = await CreateAsync(new(vpc.Id, Layers) { IsGateway = true, RouteTableIds = [table.Id] });

        Assert.Equal("10.0.2.0/24", await NetworksAsync());
        Assert.Equal(new Route(made.Service.PrefixListId, made.Id), (await TableAsync(table.Id)).Routes[^1]);
        Assert.Equal(
            $"route table {table.Id} already has a route with destination-prefix-list-id {made.Service.PrefixListId}",
            await SentenceOfAsync(() => CreateAsync(new(vpc.Id, Layers) { IsGateway = true, RouteTableIds = [table.Id] })));

        var main = (await objects.ReadAsync(reader => objects.OfVpcAsync<RouteTable>(reader, Home, vpc.Id), Cancel)).First(one => !string.Equals(one.Id, table.Id, StringComparison.Ordinal));
        await endpoints.ModifyAsync(Home, made.Id, new() { AddRouteTableIds = [main.Id], RemoveRouteTableIds = [table.Id] }, Cancel);

        Assert.Equal("10.0.1.0/24", await NetworksAsync());
        Assert.Single((await TableAsync(table.Id)).Routes);
    }

    [Fact]
    public async Task Private_DNS_needs_names_in_the_VPC_and_one_endpoint_has_them()
    {
        await CreateAsync(new(vpc.Id, Api));
        Assert.Equal(
            $"private-dns-enabled cannot be set because there is already a conflicting DNS domain for api.ecr.us-east-1.amazonaws.com in the VPC {vpc.Id}",
            await SentenceOfAsync(() => CreateAsync(new(vpc.Id, Api))));
        var second = await CreateAsync(new(vpc.Id, Api) { PrivateDns = false });
        Assert.Equal(
            "EndpointRefused", await FaultOfAsync(() => endpoints.ModifyAsync(Home, second.Id, new() { PrivateDns = true }, Cancel)));

        await objects.WriteAsync(tx => objects.UpdateAsync(tx, vpc with { DnsHostnames = false }), Cancel);
        Assert.Equal(
            $"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc.Id}",
            await SentenceOfAsync(() => CreateAsync(new(vpc.Id, "com.amazonaws.us-east-1.ecr.dkr"))));
    }

    [Fact]
    public async Task Subnets_and_groups_come_and_go()
    {
        var made = await CreateAsync(new(vpc.Id, Api) { SubnetIds = [subnet.Id] });
        var same = await InsertAsync(new Subnet { Home = Home, VpcId = vpc.Id, Cidr = "10.0.2.0/24", Zone = "us-east-1a" });
        var other = await InsertAsync(new Subnet { Home = Home, VpcId = vpc.Id, Cidr = "10.0.3.0/24", Zone = "us-east-1b" });
        var group = await new SecurityGroups(objects).CreateAsync(new() { Home = Home, VpcId = vpc.Id, Name = "doors", Description = "d" }, Cancel);

        Assert.Equal(
            $"Found another VPC endpoint subnet in the availability zone of {same.Id}",
            await SentenceOfAsync(() => endpoints.ModifyAsync(Home, made.Id, new() { AddSubnetIds = [same.Id] }, Cancel)));
        await endpoints.ModifyAsync(
            Home,
            made.Id,
            new() { AddSubnetIds = [other.Id], RemoveSubnetIds = [subnet.Id], AddGroupIds = [group.Id], RemoveGroupIds = made.GroupIds },
            Cancel);

        var changed = await objects.ReadAsync(reader => objects.FindAsync<VpcEndpoint>(reader, Home, made.Id), Cancel);
        Assert.Equal((other.Id, "us-east-1b", group.Id), (Assert.Single(changed!.SubnetIds), Assert.Single(changed.Zones), Assert.Single(changed.GroupIds)));
        Assert.Equal(group.Id, Assert.Single(Assert.Single(await objects.ReadAsync(reader => objects.PartsAsync<NetworkInterface>(reader, Home, [made.Id]), Cancel)).GroupIds));
        Assert.Equal(
            "An endpoint of type Interface has at least one security group.",
            await SentenceOfAsync(() => endpoints.ModifyAsync(Home, made.Id, new() { RemoveGroupIds = [group.Id] }, Cancel)));
    }

    [Fact]
    public async Task A_request_repeated_with_its_token_makes_nothing_more()
    {
        var wish = new NewEndpoint(vpc.Id, Api) { ClientToken = "once", RequestPrint = "print" };
        var made = await CreateAsync(wish);

        Assert.Equal(made.Id, (await CreateAsync(wish)).Id);
        Assert.Equal("NetworkRefused", await FaultOfAsync(() => CreateAsync(wish with { RequestPrint = "other" })));
    }

    [Fact]
    public async Task Another_nodes_change_is_seen_within_ten_seconds()
    {
        Assert.True((await doors.GetAsync(Cancel)).IsEmpty);
        var elsewhere = new NetworkObjects(database, new(), time);
        await new VpcEndpoints(elsewhere, new(elsewhere)).CreateAsync(Home, new(vpc.Id, Api), Cancel);
        Assert.True((await doors.GetAsync(Cancel)).IsEmpty);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.False((await doors.GetAsync(Cancel)).IsEmpty);
    }

    [Theory]
    [InlineData("nothing", "EndpointRefused")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "EndpointRefused")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}}""", "EndpointRefused")]
    [InlineData("""{"Statement":{"Effect":"Allow","NotPrincipal":"*","Action":"*","Resource":"*"}}""", "EndpointRefused")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"*","Resource":"*"}}""", null)]
    [InlineData("""{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}""", null)]
    public async Task A_gateways_policy_speaks_of_everybody(string policy, string? fault) =>
        Assert.Equal(fault, await FaultOfAsync(() => CreateAsync(new(vpc.Id, Layers) { IsGateway = true, Policy = policy })));

    [Fact]
    public async Task A_policy_has_at_most_20480_characters()
    {
        const string policy = """{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"*","Resource":"*"}}""";

        Assert.Null(await FaultOfAsync(() => CreateAsync(new(vpc.Id, Api) { Policy = policy.PadRight(20_480) })));
        Assert.Equal("EndpointRefused", await FaultOfAsync(() => CreateAsync(new(vpc.Id, "com.amazonaws.us-east-1.ecr.dkr") { Policy = policy.PadRight(20_481) })));
    }

    private Task<VpcEndpoint> CreateAsync(NewEndpoint wish) => endpoints.CreateAsync(Home, wish, Cancel);

    private Task<T> InsertAsync<T>(T made)
        where T : NetworkObject => objects.WriteAsync(tx => objects.InsertAsync(tx, made), Cancel);

    private async Task<RouteTable> TableAsync(string id) => (await objects.ReadAsync(reader => objects.FindAsync<RouteTable>(reader, Home, id), Cancel))!;

    private async Task<string> NetworksAsync() => string.Join(' ', Assert.Single((await doors.GetAsync(Cancel)).All).Networks);

    private static async Task<string?> FaultOfAsync(Func<Task> act) => (await FindFaultAsync(act))?.GetType().Name;

    private static async Task<string?> SentenceOfAsync(Func<Task> act) => (await FindFaultAsync(act))?.Message;

    private static async Task<Fault?> FindFaultAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (FaultException refused)
        {
            return refused.Fault;
        }
    }
}

public sealed class SqliteVpcEndpointTests() : VpcEndpointsContract(new SqliteTestDatabase());

public sealed class PostgreSqlVpcEndpointTests(PostgreSqlServer server) : VpcEndpointsContract(new PostgreSqlTestDatabase(server));
