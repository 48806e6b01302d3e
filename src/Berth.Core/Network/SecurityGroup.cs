using System.Globalization;
using System.Text.Json.Serialization;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A security group. Its rules are parts of it.</summary>
public sealed record SecurityGroup : NetworkObject, INetworkKind
{
    /// <summary>The name of the group that every VPC begins with.</summary>
    public const string Default = "default";

    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.SecurityGroup;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>Its name, unique in the VPC.</summary>
    public required string Name { get; init; }

    /// <summary>What its maker says of it.</summary>
    public required string Description { get; init; }
}

/// <summary>A rule of a security group, which has one source or destination.</summary>
public sealed record SecurityGroupRule : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.SecurityGroupRule;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>Whether it speaks of what goes out.</summary>
    public bool IsEgress { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, <c>-1</c> for all, or a number.</summary>
    public required string Protocol { get; init; }

    /// <summary>The first port, or ICMP's type; null where ports say nothing.</summary>
    public int? FromPort { get; init; }

    /// <summary>The last port, or ICMP's code.</summary>
    public int? ToPort { get; init; }

    /// <summary>The IPv4 addresses that are meant.</summary>
    public string? CidrV4 { get; init; }

    /// <summary>The IPv6 addresses that are meant.</summary>
    public string? CidrV6 { get; init; }

    /// <summary>The group whose members are meant.</summary>
    public string? PeerGroupId { get; init; }

    /// <summary>What its maker says of it.</summary>
    public string? Description { get; init; }

    /// <summary>What no two rules of a group have alike, as EC2 prints it.</summary>
    [JsonIgnore]
    public string Print => string.Create(
        CultureInfo.InvariantCulture,
        $"peer: {PeerGroupId ?? CidrV4 ?? CidrV6}, {PrintPorts()}, {(IsEgress ? "EGRESS " : "")}ALLOW");

    internal override IEnumerable<string?> References => [string.Equals(PeerGroupId, ParentId, StringComparison.Ordinal) ? null : PeerGroupId];

    private string PrintPorts() => Protocol is "-1" ? "ALL" : string.Create(
        CultureInfo.InvariantCulture, $"{Protocol.ToUpperInvariant()}, from port: {FromPort}, to port: {ToPort}");
}
