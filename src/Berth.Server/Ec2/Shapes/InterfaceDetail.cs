using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A network interface with what belongs to it.</summary>
internal sealed record InterfaceView(NetworkInterface Interface, PublicAddress? Public, IReadOnlyList<GroupIdentifier> Groups)
{
    /// <summary>What may be listed of interfaces.</summary>
    public static Listing<NetworkInterface, InterfaceView> ListingOf(Networks networks) => new(
        new(
            view => view.Interface,
            ("network-interface-id", view => [view.Interface.Id]),
            ("vpc-id", view => [view.Interface.VpcId]),
            ("subnet-id", view => [view.Interface.SubnetId]),
            ("availability-zone", view => [view.Interface.Zone]),
            ("description", view => [view.Interface.Description]),
            ("interface-type", view => [view.Interface.InterfaceType]),
            ("private-ip-address", view => [view.Interface.PrivateAddress]),
            ("addresses.private-ip-address", view => [view.Interface.PrivateAddress]),
            ("mac-address", view => [view.Interface.MacAddress]),
            ("owner-id", view => [$"{view.Interface.Home.Account}"]),
            ("status", _ => ["in-use"]),
            ("group-id", view => view.Interface.GroupIds),
            ("group-name", view => view.Groups.Select(group => group.GroupName)),
            ("attachment.attachment-id", view => [view.Interface.AttachmentId]),
            ("attachment.instance-id", view => [InterfaceDetail.InstanceOf(view.Interface)]),
            ("association.public-ip", view => [view.Public?.PublicIp]),
            ("association.allocation-id", view => [view.Public?.AllocationId])),
        (rows, home, all) => ViewAsync(networks, rows, home, all));

    private static async Task<IReadOnlyList<InterfaceView>> ViewAsync(Networks networks, RowReader rows, RegistryId home, IReadOnlyList<NetworkInterface> all)
    {
        var public_ = await InterfaceDetail.PublicAddressesAsync(networks, rows, home, all);
        var names = await GroupIdentifier.ReadAsync(networks, rows, home, all.SelectMany(one => one.GroupIds));
        return [.. all.Select(one => new InterfaceView(one, public_.GetValueOrDefault(one.Id), [.. one.GroupIds.Select(id => names[id])]))];
    }
}

/// <summary>The elastic address that leads to an interface.</summary>
internal sealed record PublicAddress(string PublicIp, string AllocationId, string AssociationId);

/// <summary>A network interface as answers tell of it (EC2's shape <c>NetworkInterface</c>).</summary>
internal sealed record InterfaceDetail
{
    public required string NetworkInterfaceId { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required string AvailabilityZone { get; init; }

    public string Description { get; init; } = "";

    public required string OwnerId { get; init; }

    public bool RequesterManaged { get; init; }

    public string Status { get; init; } = "in-use";

    public required string InterfaceType { get; init; }

    public required string MacAddress { get; init; }

    public required string PrivateIpAddress { get; init; }

    public string? PrivateDnsName { get; init; }

    public bool SourceDestCheck { get; init; }

    [JsonPropertyName("groupSet")]
    public IReadOnlyList<GroupIdentifier> Groups { get; init; } = [];

    public InterfaceAttachment? Attachment { get; init; }

    public InterfaceAssociation? Association { get; init; }

    [JsonPropertyName("privateIpAddressesSet")]
    public IReadOnlyList<InterfaceAddress> PrivateIpAddresses { get; init; } = [];

    public IReadOnlyList<TagEntry> TagSet { get; init; } = [];

    /// <summary>The members that every interface has.</summary>
    public static InterfaceDetail Of(InterfaceView view)
    {
        var own = view.Interface;
        var instance = InstanceOf(own);
        return new()
        {
            NetworkInterfaceId = own.Id,
            SubnetId = own.SubnetId,
            VpcId = own.VpcId!,
            AvailabilityZone = own.Zone,
            Description = own.Description,
            OwnerId = own.Home.Account.ToString(),
            RequesterManaged = instance is null,
            InterfaceType = own.InterfaceType,
            MacAddress = own.MacAddress,
            PrivateIpAddress = own.PrivateAddress,
            PrivateDnsName = NameOf(own),
            SourceDestCheck = own.SourceDestCheck,
            Groups = view.Groups,
            Attachment = own.AttachmentId is { } id ? new(id, 0, "attached", DeleteOnTermination: true, own.CreatedAt, instance) : null,
            Association = view.Public is { } leads ? new(leads.PublicIp, "", "amazon", leads.AllocationId, leads.AssociationId) : null,
            PrivateIpAddresses = [new(own.PrivateAddress, Primary: true)],
            TagSet = TagEntry.All(own.Tags),
        };
    }

    /// <summary>The instance that an interface is part of, or null.</summary>
    public static string? InstanceOf(NetworkInterface own) => own.ParentId is { } id && NetworkKind.Instance.IsId(id) ? id : null;

    /// <summary>The name that a VPC's resolver would have for it.</summary>
    public static string NameOf(NetworkInterface own)
    {
        var region = own.Home.Region.ToString();
        var domain = region is "us-east-1" ? "ec2.internal" : $"{region}.compute.internal";
        return $"ip-{own.PrivateAddress.Replace('.', '-')}.{domain}";
    }

    /// <summary>The elastic addresses that lead to interfaces, by the ids of those.</summary>
    public static async Task<IReadOnlyDictionary<string, PublicAddress>> PublicAddressesAsync(
        Networks networks, RowReader rows, RegistryId home, IEnumerable<NetworkInterface> all)
    {
        var associations = await networks.Objects.ReferringAllAsync<AddressAssociation>(rows, home, [.. all.Select(one => one.Id)]);
        var addresses = (await networks.Objects.GetAllAsync<ElasticAddress>(rows, home, [.. associations.Select(one => one.ParentId!)]))
            .ToDictionary(address => address.Id, StringComparer.Ordinal);
        return associations.ToDictionary(
            one => one.InterfaceId, one => new PublicAddress(addresses[one.ParentId!].PublicIp, one.ParentId!, one.Id), StringComparer.Ordinal);
    }
}

/// <summary>How an interface hangs on its instance.</summary>
internal sealed record InterfaceAttachment(
    string AttachmentId, int DeviceIndex, string Status, bool DeleteOnTermination, DateTimeOffset AttachTime, string? InstanceId = null);

/// <summary>The elastic address of an interface.</summary>
internal sealed record InterfaceAssociation(string PublicIp, string PublicDnsName, string IpOwnerId, string? AllocationId = null, string? AssociationId = null);

/// <summary>A private address of an interface.</summary>
internal sealed record InterfaceAddress(string PrivateIpAddress, bool Primary);

/// <summary>The interface of an instance as answers tell of it (EC2's shape <c>InstanceNetworkInterface</c>).</summary>
internal sealed record InstanceInterfaceDetail
{
    public required string NetworkInterfaceId { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public string Description { get; init; } = "";

    public required string OwnerId { get; init; }

    public string Status { get; init; } = "in-use";

    public string InterfaceType { get; init; } = "interface";

    public required string MacAddress { get; init; }

    public required string PrivateIpAddress { get; init; }

    public required string PrivateDnsName { get; init; }

    public bool SourceDestCheck { get; init; }

    [JsonPropertyName("groupSet")]
    public IReadOnlyList<GroupIdentifier> Groups { get; init; } = [];

    public required InstanceInterfaceAttachment Attachment { get; init; }

    public InstanceInterfaceAssociation? Association { get; init; }

    [JsonPropertyName("privateIpAddressesSet")]
    public IReadOnlyList<InterfaceAddress> PrivateIpAddresses { get; init; } = [];

    /// <summary>The interface that an instance has.</summary>
    public static InstanceInterfaceDetail Of(InstanceView view)
    {
        var own = view.Interface!;
        return new()
        {
            NetworkInterfaceId = own.Id,
            SubnetId = own.SubnetId,
            VpcId = own.VpcId!,
            Description = own.Description,
            OwnerId = own.Home.Account.ToString(),
            MacAddress = own.MacAddress,
            PrivateIpAddress = own.PrivateAddress,
            PrivateDnsName = InterfaceDetail.NameOf(own),
            SourceDestCheck = own.SourceDestCheck,
            Groups = view.Groups,
            Attachment = new(own.AttachmentId!, 0, "attached", DeleteOnTermination: true, own.CreatedAt),
            Association = view.PublicIp is { } leads ? new(leads, "", "amazon") : null,
            PrivateIpAddresses = [new(own.PrivateAddress, Primary: true)],
        };
    }
}

/// <summary>How the interface hangs on the instance.</summary>
internal sealed record InstanceInterfaceAttachment(string AttachmentId, int DeviceIndex, string Status, bool DeleteOnTermination, DateTimeOffset AttachTime);

/// <summary>The elastic address of an instance.</summary>
internal sealed record InstanceInterfaceAssociation(string PublicIp, string PublicDnsName, string IpOwnerId);
