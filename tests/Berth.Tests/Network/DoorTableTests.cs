using System.Net;
using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Tests.Network;

/// <summary>Which door a name means to a source, and whom a door admits.</summary>
public sealed class DoorTableTests
{
    private static readonly RegionName Region = RegionName.Parse("us-east-1");
    private static readonly AccountId Management = AccountId.Parse("123456789012");
    private static readonly AccountId Member = AccountId.Parse("210987654321");

    [Theory]
    [InlineData("vpce-00000000000000001-abcd1234.api.ecr.us-east-1.vpce.example", "192.0.2.1", "vpce-00000000000000001")]
    [InlineData("vpce-00000000000000001-abcd1234-us-east-1a.api.ecr.us-east-1.vpce.example", "192.0.2.1", "vpce-00000000000000001")]
    [InlineData("vpce-00000000000000001-abcd1234-us-east-1b.api.ecr.us-east-1.vpce.example", "10.0.1.5", null)]
    [InlineData("vpce-00000000000000001-abcd0000.api.ecr.us-east-1.vpce.example", "10.0.1.5", null)]
    [InlineData("vpce-00000000000000001-abcd1234.dkr.ecr.us-east-1.vpce.example", "10.0.1.5", null)]
    [InlineData("vpce-00000000000000001-abcd1234.api.ecr.eu-west-1.vpce.example", "10.0.1.5", null)]
    [InlineData("vpce-00000000000000009-abcd1234.api.ecr.us-east-1.vpce.example", "10.0.1.5", null)]
    [InlineData("api.ecr.us-east-1.amazonaws.com", "10.0.1.5", "vpce-00000000000000001")]
    [InlineData("api.ecr.us-east-1.amazonaws.com", "10.1.0.1", null)]
    [InlineData("api.ecr.eu-west-1.amazonaws.com", "10.0.1.5", null)]
    [InlineData("api.ecr-fips.us-east-1.amazonaws.com", "10.0.1.5", null)]
    [InlineData("123456789012.dkr.ecr.us-east-1.amazonaws.com", "10.0.1.5", null)]
    public void A_name_means_a_door_to_a_source(string host, string source, string? expected)
    {
        var table = Table(
            Door(1, DoorKind.Api, "10.0.0.0/16"),
            Door(2, DoorKind.Registry, "10.0.0.0/16") with { HasPrivateDns = false });

        Assert.Equal(expected, table.Find(DoorName.Find(host)!, IPAddress.Parse(source))?.EndpointId);
    }

    [Fact]
    public void Where_networks_overlap_the_managing_account_comes_first_and_then_who_came_first()
    {
        var (later, earlier, managing) = (
            Door(1, DoorKind.Api, "10.0.0.0/24") with { Owner = Member, CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1) },
            Door(2, DoorKind.Api, "10.0.0.0/16") with { Owner = Member },
            Door(3, DoorKind.Api, "10.0.0.0/16") with { CreatedAt = DateTimeOffset.UnixEpoch.AddDays(2) });
        var name = DoorName.Find("api.ecr.us-east-1.amazonaws.com")!;
        var source = IPAddress.Parse("10.0.0.7");

        Assert.Equal(earlier, Table(later, earlier).Find(name, source));
        Assert.Equal(managing, Table(later, earlier, managing).Find(name, source));
    }

    [Theory]
    [InlineData("10.0.1.5", "us-east-1", true)]
    [InlineData("10.0.2.5", "us-east-1", false)]
    [InlineData("10.0.1.5", "us-east-2", false)]
    public void A_gateway_is_met_where_routes_lead_to_it(string source, string region, bool isMet)
    {
        var table = Table(Door(1, DoorKind.Layers, "10.0.1.0/24"));

        Assert.Equal(isMet, table.FindGateway(RegionName.Parse(region), IPAddress.Parse(source)) is not null);
    }

    [Theory]
    [InlineData("10.0.1.0/24", "10.0.1.5", true, true)]
    [InlineData("10.0.1.0/24", "10.0.2.5", false, false)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true, true)]
    [InlineData("0.0.0.0/0", "10.0.2.5", true, true)]
    [InlineData("0.0.0.0/0", "127.0.0.1", true, true)]
    [InlineData("0.0.0.0/0", "192.0.2.1", false, true)]
    [InlineData("::/0", "10.0.2.5", false, false)]
    [InlineData("::/0", "2001:db8::1", false, true)]
    [InlineData("2001:db8::/32", "2001:db8::1", true, true)]
    public void A_door_admits_whom_its_rules_name(string block, string source, bool byName, bool byAddress)
    {
        var door = Door(1, DoorKind.Api, "10.0.0.0/16") with { Admitted = [IPNetwork.Parse(block)] };

        Assert.Equal((byName, byAddress), (door.Admits(IPAddress.Parse(source), byItsAddress: false), door.Admits(IPAddress.Parse(source), byItsAddress: true)));
    }

    [Fact]
    public void A_door_without_rules_admits_nobody() =>
        Assert.False(Door(1, DoorKind.Api, "10.0.0.0/16").Admits(IPAddress.Parse("10.0.1.5"), byItsAddress: true));

    [Fact]
    public void A_door_has_a_name_for_its_Region_and_each_of_its_zones() => Assert.Equal(
        [
            "vpce-00000000000000001-abcd1234.dkr.ecr.us-east-1.vpce.amazonaws.com",
            "vpce-00000000000000001-abcd1234-us-east-1a.dkr.ecr.us-east-1.vpce.amazonaws.com",
        ],
        Door(1, DoorKind.Registry, "10.0.0.0/16").OwnNames);

    private static DoorTable Table(params Door[] doors) => new(doors, Management);

    private static Door Door(int number, DoorKind kind, string network) =>
        new($"vpce-{number:x17}", Management, "vpc-1", new(kind, Region))
        {
            Suffix = "abcd1234",
            Zones = ["us-east-1a"],
            HasPrivateDns = true,
            Networks = [IPNetwork.Parse(network)],
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}
