using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Ec2.Shapes;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>A VPC endpoint as it is answered (EC2's shape <c>VpcEndpoint</c>).</summary>
internal sealed record EndpointShape
{
    public required string VpcEndpointId { get; init; }

    public required string VpcEndpointType { get; init; }

    public string? VpcId { get; init; }

    public required string ServiceName { get; init; }

    public required string State { get; init; }

    public required string PolicyDocument { get; init; }

    [JsonPropertyName("routeTableIdSet")]
    public required IReadOnlyList<string> RouteTableIds { get; init; }

    [JsonPropertyName("subnetIdSet")]
    public required IReadOnlyList<string> SubnetIds { get; init; }

    [JsonPropertyName("groupSet")]
    public required IReadOnlyList<Group> Groups { get; init; }

    public string? IpAddressType { get; init; }

    public DnsOptionsShape? DnsOptions { get; init; }

    public required bool PrivateDnsEnabled { get; init; }

    public required bool RequesterManaged { get; init; }

    [JsonPropertyName("networkInterfaceIdSet")]
    public required IReadOnlyList<string> NetworkInterfaceIds { get; init; }

    [JsonPropertyName("dnsEntrySet")]
    public required IReadOnlyList<DnsEntryShape> DnsEntries { get; init; }

    public required DateTimeOffset CreationTimestamp { get; init; }

    [JsonPropertyName("tagSet")]
    public required IReadOnlyList<TagEntry> Tags { get; init; }

    public required string OwnerId { get; init; }

    public required string ServiceRegion { get; init; }

    /// <summary>A security group (EC2's shape <c>SecurityGroupIdentifier</c>).</summary>
    public sealed record Group(string GroupId, string? GroupName);

    /// <summary>What kind of records its names have (EC2's shape <c>DnsOptions</c>).</summary>
    public sealed record DnsOptionsShape(string DnsRecordIpType);

    /// <summary>A name (EC2's shape <c>DnsEntry</c>).</summary>
    public sealed record DnsEntryShape(string DnsName, string HostedZoneId);

    /// <summary>An endpoint with what belongs to it. One that is there is available: nothing has to be waited for.</summary>
    public static EndpointShape Of(VpcEndpoint endpoint, EndpointDetails details) => new()
    {
        VpcEndpointId = endpoint.Id,
        VpcEndpointType = TypeOf(endpoint),
        VpcId = endpoint.VpcId,
        ServiceName = endpoint.ServiceName,
        State = "available",
        PolicyDocument = endpoint.PolicyText,
        RouteTableIds = endpoint.RouteTableIds,
        SubnetIds = endpoint.SubnetIds,
        Groups = [.. endpoint.GroupIds.Select(id => new Group(id, details.GroupNames.GetValueOrDefault(id)))],
        IpAddressType = "ipv4",
        DnsOptions = endpoint.Service.IsGateway ? null : new("ipv4"),
        PrivateDnsEnabled = endpoint.PrivateDns,
        RequesterManaged = false,
        NetworkInterfaceIds = [.. details.Interfaces[endpoint.Id]],
        DnsEntries = [.. endpoint.DnsEntries.Select(entry => new DnsEntryShape(entry.Name, entry.ZoneId))],
        CreationTimestamp = endpoint.CreatedAt,
        Tags = TagEntry.All(endpoint.Tags),
        OwnerId = endpoint.Home.Account.ToString(),
        ServiceRegion = endpoint.Service.Region.ToString(),
    };

    /// <summary><c>Interface</c> or <c>Gateway</c>.</summary>
    public static string TypeOf(VpcEndpoint endpoint) => endpoint.Service.IsGateway ? "Gateway" : "Interface";
}
