using System.Globalization;
using System.Text.Json.Serialization;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A virtual private cloud.</summary>
public sealed record Vpc : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.Vpc;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>All of its addresses.</summary>
    public required string Cidr { get; init; }

    /// <summary>The id under which the block is said to be associated.</summary>
    public required string CidrAssociationId { get; init; }

    /// <summary><c>default</c> or <c>dedicated</c>.</summary>
    public string Tenancy { get; init; } = "default";

    /// <summary>Whether the VPC is said to resolve names.</summary>
    public bool DnsSupport { get; init; } = true;

    /// <summary>Whether the VPC is said to give instances names.</summary>
    public bool DnsHostnames { get; init; }
}

/// <summary>A part of a VPC's addresses, in one Availability Zone.</summary>
public sealed record Subnet : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.Subnet;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>Its block of addresses.</summary>
    public required string Cidr { get; init; }

    /// <summary>Such as <c>us-east-1a</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Whether instances in it are said to get public addresses; Berth has none to give.</summary>
    public bool MapPublicIp { get; init; }

    /// <summary>How many of its addresses are taken; counted when it is read for an answer.</summary>
    [JsonIgnore]
    public long Taken { get; init; }
}

/// <summary>A gateway to the internet. Its VPC, when it is attached to one, is <see cref="NetworkObject.VpcId"/>.</summary>
public sealed record InternetGateway : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.InternetGateway;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;
}

/// <summary>A gateway through which a subnet without public addresses reaches others.</summary>
public sealed record NatGateway : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.NatGateway;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The subnet it is in.</summary>
    public required string SubnetId { get; init; }

    /// <summary>Its elastic address; null for one that is <c>private</c>.</summary>
    public string? AllocationId { get; init; }

    /// <summary>The id of the association of its address.</summary>
    public string? AssociationId { get; init; }

    /// <summary>The elastic address.</summary>
    public string? PublicIp { get; init; }

    /// <summary>The id of its network interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Its IPv4 address in the subnet.</summary>
    public required string PrivateAddress { get; init; }

    /// <summary>The VPC it was in when it was deleted.</summary>
    public string? LastVpcId { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    internal override IEnumerable<string?> References => [SubnetId, AllocationId];
}

/// <summary>
/// A public address that an account holds. Berth has none to give: it hands them out of the ranges that are kept for documentation
/// (RFC 5737), unique within an account and Region.
/// </summary>
public sealed record ElasticAddress : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.ElasticAddress;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The elastic address.</summary>
    public required string PublicIp { get; init; }
}

/// <summary>That an elastic address leads to a network interface. It is part of the address.</summary>
public sealed record AddressAssociation : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.AddressAssociation;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The id of its network interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>The instance behind it; null where there is none.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Its IPv4 address in the subnet.</summary>
    public required string PrivateAddress { get; init; }

    internal override IEnumerable<string?> References => [InterfaceId, ParentId];
}

/// <summary>What an address in a VPC belongs to. It is part of an instance, a NAT gateway or an endpoint.</summary>
public sealed record NetworkInterface : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.NetworkInterface;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The subnet it is in.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The Availability Zone it is in.</summary>
    public required string Zone { get; init; }

    /// <summary>Its IPv4 address in the subnet.</summary>
    public required string PrivateAddress { get; init; }

    /// <summary>What its maker says of it.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>interface</c>, <c>nat_gateway</c> or <c>vpc_endpoint</c>.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Its security groups.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The id under which it is said to be attached; null for one that a service made for itself.</summary>
    public string? AttachmentId { get; init; }

    /// <summary>Whether its instance checks whom packets are from and for.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>A hardware address, made of its IPv4 address so that it is unique in the VPC.</summary>
    [JsonIgnore]
    public string MacAddress => MacOf(PrivateAddress);

    /// <summary>The hardware address of what has an IPv4 address.</summary>
    public static string MacOf(string address)
    {
        var number = Cidr.ToNumber(address) ?? 0;
        return string.Create(
            CultureInfo.InvariantCulture, $"02:00:{number >> 24:x2}:{(number >> 16) & 255:x2}:{(number >> 8) & 255:x2}:{number & 255:x2}");
    }

    internal override IEnumerable<string?> References => [SubnetId, .. GroupIds];
}
