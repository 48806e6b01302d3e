using Berth.Network;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Network;

public sealed class SqliteNetworkTests() : NetworkContract(new SqliteTestDatabase());

public sealed class PostgreSqlNetworkTests(PostgreSqlServer server) : NetworkContract(new PostgreSqlTestDatabase(server));

/// <summary>What networks are, whichever database holds them.</summary>
public abstract class NetworkContract(TestDatabase engine) : IAsyncLifetime
{
    private static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private Database database = null!;
    private NetworkObjects objects = null!;
    private Vpcs vpcs = null!;
    private Subnets subnets = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await engine.GetDialectAsync(), time, Cancel);
        objects = new(database, new(), time);
        vpcs = new(objects, new(objects));
        subnets = new(objects);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_VPC_begins_with_a_group_and_a_main_table_and_is_deleted_with_them()
    {
        var vpc = await MakeVpcAsync();

        Assert.Equal("default", Assert.Single(await OfVpcAsync<SecurityGroup>(vpc)).Name);
        Assert.Equal([new Route("10.0.0.0/16", "local") { Origin = "CreateRouteTable" }], Assert.Single(await OfVpcAsync<RouteTable>(vpc)).Routes);
        Assert.Equal(2, (await OfVpcAsync<SecurityGroupRule>(vpc)).Count);
        await vpcs.DeleteAsync(Home, vpc.Id, Cancel);
        Assert.Equal(0, await database.ReadAsync(rows => rows.FindAsync<long?>("SELECT COUNT(*) FROM network_object"), Cancel));
    }

    [Fact]
    public async Task What_others_refer_to_is_not_deleted()
    {
        var vpc = await MakeVpcAsync();
        var subnet = await MakeSubnetAsync(vpc, "10.0.1.0/24");

        Assert.IsType<NetworkObjectInUse>((await Assert.ThrowsAsync<FaultException>(() => vpcs.DeleteAsync(Home, vpc.Id, Cancel))).Fault);
        await subnets.DeleteAsync(Home, subnet.Id, Cancel);
        await vpcs.DeleteAsync(Home, vpc.Id, Cancel);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_delete_what_something_refers_to()
    {
        var vpc = await MakeVpcAsync();
        await MakeSubnetAsync(vpc, "10.0.1.0/24");

        await Assert.ThrowsAnyAsync<Exception>(() => database.WriteAsync(
            tx => tx.ExecuteAsync("DELETE FROM network_object WHERE id = @Id", new { vpc.Id }), Cancel));
    }

    [Fact]
    public async Task Of_subnets_made_at_once_with_the_same_addresses_one_is_made()
    {
        var vpc = await MakeVpcAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await MakeSubnetAsync(vpc, "10.0.1.0/24");
                return true;
            }
            catch (FaultException refused) when (refused.Fault is NetworkRefused { Reason: NetworkRule.SubnetConflict })
            {
                return false;
            }
        }));

        Assert.Single(made, one => one);
    }

    [Fact]
    public async Task Addresses_are_given_once_and_come_back()
    {
        var vpc = await MakeVpcAsync();
        var subnet = await MakeSubnetAsync(vpc, "10.0.1.0/28");
        var interfaces = new NetworkInterfaces(objects);
        Task<NetworkInterface> TakeAsync(string? wanted = null) => objects.WriteAsync(
            tx => interfaces.CreateAsync(tx, subnet, new() { SubnetId = "", Zone = "", PrivateAddress = "" }, wanted), Cancel);

        var all = await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => TakeAsync()));

        Assert.Equal([.. Enumerable.Range(4, 11).Select(place => $"10.0.1.{place}")], all.Select(one => one.PrivateAddress).OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal).ToArray());
        Assert.Equal(NetworkRule.NoFreeAddress, await RefusedAsync(() => TakeAsync()));
        Assert.Equal(NetworkRule.AddressTaken, await RefusedAsync(() => TakeAsync("10.0.1.7")));
        Assert.Equal(NetworkRule.ParameterValue, await RefusedAsync(() => TakeAsync("10.0.1.3")));
        await objects.WriteAsync(tx => objects.DeleteAsync(tx, all.Single(one => one.PrivateAddress is "10.0.1.7")), Cancel);
        Assert.Equal("10.0.1.7", (await TakeAsync()).PrivateAddress);
    }

    [Fact]
    public async Task Pages_go_on_behind_a_key_and_show_one_account_and_Region()
    {
        var all = new[] { await MakeVpcAsync(), await MakeVpcAsync(), await MakeVpcAsync() }.Select(vpc => vpc.Id).Order(StringComparer.Ordinal).ToList();
        await vpcs.CreateAsync(New() with { Home = Home with { Region = RegionName.Parse("eu-west-1") } }, Cancel);

        var first = await objects.ReadAsync(rows => objects.ListAsync<Vpc>(rows, Home, after: null, 2), Cancel);
        var second = await objects.ReadAsync(rows => objects.ListAsync<Vpc>(rows, Home, first[^1].Id, 2), Cancel);

        Assert.Equal(all, first.Concat(second).Select(vpc => vpc.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_shown_for_a_while()
    {
        var vpc = await MakeVpcAsync();
        var subnet = await MakeSubnetAsync(vpc, "10.0.1.0/28");
        var gateways = new NatGateways(objects, new(objects), new(objects));
        var gateway = await gateways.CreateAsync(new() { Home = Home, SubnetId = subnet.Id, InterfaceId = "", PrivateAddress = "" }, wanted: null, Cancel);

        await gateways.DeleteAsync(Home, gateway.Id, Cancel);

        await subnets.DeleteAsync(Home, subnet.Id, Cancel);
        Assert.NotNull((await FindAsync<NatGateway>(gateway.Id))?.DeletedAt);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await FindAsync<NatGateway>(gateway.Id));
        await MakeVpcAsync();
        Assert.Null(await database.ReadAsync(rows => rows.FindAsync<string>("SELECT id FROM network_object WHERE kind = 'natgateway'"), Cancel));
    }

    [Fact]
    public async Task A_client_token_makes_one_thing_and_only_of_the_same_request()
    {
        var vpc = await MakeVpcAsync();
        var tables = new RouteTables(objects);
        Task<RouteTable> MakeAsync(string print) => tables.CreateAsync(Home, vpc.Id, new() { ClientToken = "once", RequestPrint = print }, Cancel);

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MakeAsync("a")));

        Assert.Single(made.Select(table => table.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal(NetworkRule.TokenReused, await RefusedAsync(() => MakeAsync("b")));
    }

    private static Vpc New() => new() { Home = Home, Cidr = "10.0.0.0/16", CidrAssociationId = "vpc-cidr-assoc-0", Tags = [new("Name", "one")] };

    private Task<Vpc> MakeVpcAsync() => vpcs.CreateAsync(New(), Cancel);

    private Task<Subnet> MakeSubnetAsync(Vpc vpc, string cidr) =>
        subnets.CreateAsync(new() { Home = Home, VpcId = vpc.Id, Cidr = cidr, Zone = "us-east-1a" }, Cancel);

    private Task<IReadOnlyList<T>> OfVpcAsync<T>(Vpc vpc)
        where T : NetworkObject, INetworkKind => objects.ReadAsync(rows => objects.OfVpcAsync<T>(rows, Home, vpc.Id), Cancel);

    private Task<T?> FindAsync<T>(string id)
        where T : NetworkObject, INetworkKind => objects.ReadAsync(rows => objects.FindAsync<T>(rows, Home, id), Cancel);

    private static async Task<NetworkRule> RefusedAsync(Func<Task> call) =>
        Assert.IsType<NetworkRefused>((await Assert.ThrowsAsync<FaultException>(call)).Fault).Reason;
}
