using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A subnet as answers tell of it (EC2's shape <c>Subnet</c>).</summary>
internal sealed record SubnetDetail
{
    public required string SubnetId { get; init; }

    public required string SubnetArn { get; init; }

    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    public required string CidrBlock { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string AvailabilityZoneId { get; init; }

    public int AvailableIpAddressCount { get; init; }

    public bool DefaultForAz { get; init; }

    public bool MapPublicIpOnLaunch { get; init; }

    public bool AssignIpv6AddressOnCreation { get; init; }

    public string State { get; init; } = "available";

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>What may be listed of subnets.</summary>
    public static Listing<Subnet, Subnet> Listing { get; } = new(
        new(
            subnet => subnet,
            ("subnet-id", subnet => [subnet.Id]),
            ("subnet-arn", subnet => [subnet.Arn]),
            ("vpc-id", subnet => [subnet.VpcId]),
            ("cidr", subnet => [subnet.Cidr]),
            ("cidr-block", subnet => [subnet.Cidr]),
            ("cidrBlock", subnet => [subnet.Cidr]),
            ("availability-zone", subnet => [subnet.Zone]),
            ("availabilityZone", subnet => [subnet.Zone]),
            ("availability-zone-id", subnet => [Zone.IdOf(subnet.Home.Region, subnet.Zone)]),
            ("available-ip-address-count", subnet => [$"{Free(subnet)}"]),
            ("default-for-az", _ => ["false"]),
            ("map-public-ip-on-launch", subnet => Filters<Subnet>.One(subnet.MapPublicIp)),
            ("owner-id", subnet => [$"{subnet.Home.Account}"]),
            ("state", _ => ["available"])),
        ViewAsync);

    /// <summary>The members that every subnet has.</summary>
    public static SubnetDetail Of(Subnet subnet) => new()
    {
        SubnetId = subnet.Id,
        SubnetArn = subnet.Arn,
        VpcId = subnet.VpcId!,
        OwnerId = subnet.Home.Account.ToString(),
        CidrBlock = subnet.Cidr,
        AvailabilityZone = subnet.Zone,
        AvailabilityZoneId = Zone.IdOf(subnet.Home.Region, subnet.Zone),
        AvailableIpAddressCount = Free(subnet),
        MapPublicIpOnLaunch = subnet.MapPublicIp,
        Tags = TagEntry.All(subnet.Tags),
    };

    private static int Free(Subnet subnet) => (int)(Cidr.Parse(subnet.Cidr).Usable - subnet.Taken);

    private static async Task<IReadOnlyList<Subnet>> ViewAsync(RowReader rows, RegistryId home, IReadOnlyList<Subnet> all)
    {
        var taken = await SubnetAddresses.CountAsync(rows, [.. all.Select(subnet => subnet.Id)]);
        return [.. all.Select(subnet => subnet with { Taken = taken.GetValueOrDefault(subnet.Id) })];
    }
}
