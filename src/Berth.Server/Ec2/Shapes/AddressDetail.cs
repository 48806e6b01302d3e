using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>An elastic address with what it leads to.</summary>
internal sealed record AddressView(ElasticAddress Address, AddressAssociation? Association)
{
    /// <summary>What may be listed of addresses.</summary>
    public static Listing<ElasticAddress, AddressView> ListingOf(Networks networks) => new(
        new(
            view => view.Address,
            ("allocation-id", view => [view.Address.Id]),
            ("public-ip", view => [view.Address.PublicIp]),
            ("domain", _ => ["vpc"]),
            ("association-id", view => [view.Association?.Id]),
            ("instance-id", view => [view.Association?.InstanceId]),
            ("network-interface-id", view => [view.Association?.InterfaceId]),
            ("network-interface-owner-id", view => [view.Association is null ? null : $"{view.Address.Home.Account}"]),
            ("network-border-group", view => [$"{view.Address.Home.Region}"]),
            ("private-ip-address", view => [view.Association?.PrivateAddress])),
        (rows, home, all) => ViewAsync(networks, rows, home, all));

    private static async Task<IReadOnlyList<AddressView>> ViewAsync(Networks networks, RowReader rows, RegistryId home, IReadOnlyList<ElasticAddress> all)
    {
        var associations = await networks.ElasticAddresses.AssociationsAsync(rows, home, [.. all.Select(address => address.Id)]);
        return [.. all.Select(address => new AddressView(address, associations.GetValueOrDefault(address.Id)))];
    }
}

/// <summary>An elastic address as answers tell of it (EC2's shape <c>Address</c>).</summary>
internal sealed record AddressDetail
{
    public required string PublicIp { get; init; }

    public required string AllocationId { get; init; }

    public string Domain { get; init; } = "vpc";

    public string? AssociationId { get; init; }

    public string? InstanceId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public string? NetworkInterfaceOwnerId { get; init; }

    public string? PrivateIpAddress { get; init; }

    public string PublicIpv4Pool { get; init; } = "amazon";

    public required string NetworkBorderGroup { get; init; }

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>The members that every address has.</summary>
    public static AddressDetail Of(AddressView view) => new()
    {
        PublicIp = view.Address.PublicIp,
        AllocationId = view.Address.Id,
        AssociationId = view.Association?.Id,
        InstanceId = view.Association?.InstanceId,
        NetworkInterfaceId = view.Association?.InterfaceId,
        NetworkInterfaceOwnerId = view.Association is null ? null : view.Address.Home.Account.ToString(),
        PrivateIpAddress = view.Association?.PrivateAddress,
        NetworkBorderGroup = view.Address.Home.Region.ToString(),
        Tags = TagEntry.All(view.Address.Tags),
    };
}
