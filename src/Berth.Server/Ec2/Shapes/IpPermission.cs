using System.Globalization;
using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>Rules that have protocol and ports in common (EC2's shape <c>IpPermission</c>).</summary>
internal sealed record IpPermission
{
    public string? IpProtocol { get; init; }

    public int? FromPort { get; init; }

    public int? ToPort { get; init; }

    [JsonPropertyName("groups")]
    public IReadOnlyList<GroupPair>? UserIdGroupPairs { get; init; }

    public IReadOnlyList<IpRange>? IpRanges { get; init; }

    public IReadOnlyList<Ipv6Range>? Ipv6Ranges { get; init; }

    public IReadOnlyList<PrefixListEntry>? PrefixListIds { get; init; }

    /// <summary>Rules as groups are answered with them: by protocol and ports.</summary>
    public static IReadOnlyList<IpPermission> All(IEnumerable<SecurityGroupRule> rules) =>
    [
        .. rules.GroupBy(rule => (rule.Protocol, rule.FromPort, rule.ToPort)).Select(group => new IpPermission
        {
            IpProtocol = group.Key.Protocol,
            FromPort = group.Key.FromPort,
            ToPort = group.Key.ToPort,
            UserIdGroupPairs = [.. group.Where(rule => rule.PeerGroupId is not null).Select(rule => new GroupPair { GroupId = rule.PeerGroupId, UserId = rule.Home.Account.ToString(), Description = rule.Description })],
            IpRanges = [.. group.Where(rule => rule.CidrV4 is not null).Select(rule => new IpRange { CidrIp = rule.CidrV4, Description = rule.Description })],
            Ipv6Ranges = [.. group.Where(rule => rule.CidrV6 is not null).Select(rule => new Ipv6Range { CidrIpv6 = rule.CidrV6, Description = rule.Description })],
            PrefixListIds = [],
        }),
    ];

    /// <summary>The rules that permissions are, each with one source or destination. What is no rule is the fault <see cref="NetworkRefused"/>.</summary>
    public static IReadOnlyList<SecurityGroupRule> Read(IReadOnlyList<IpPermission>? all, RegistryId home, bool isEgress, IReadOnlyList<NetworkTag>? tags = null) =>
        all is { Count: > 0 }
            ? [.. all.SelectMany(one => one.Read(home, isEgress)).Select(rule => rule with { Tags = tags ?? [] })]
            : throw NetworkRefused.Missing("ipPermissions").AsException();

    private IEnumerable<SecurityGroupRule> Read(RegistryId home, bool isEgress)
    {
        var protocol = PortRange.ProtocolOf(IpProtocol);
        var (from, to) = PortRange.Of(protocol, FromPort, ToPort);
        var like = new SecurityGroupRule { Home = home, IsEgress = isEgress, Protocol = protocol, FromPort = from, ToPort = to };
        if (PrefixListIds is { Count: > 0 })
        {
            throw NetworkRefused.Unsupported("ipPermissions.prefixListIds").AsException();
        }

        if ((IpRanges?.Count ?? 0) + (Ipv6Ranges?.Count ?? 0) + (UserIdGroupPairs?.Count ?? 0) == 0)
        {
            throw NetworkRefused.Missing("ipPermissions.ipRanges").AsException();
        }

        return (IpRanges ?? []).Select(range => like with { CidrV4 = V4(range.CidrIp), Description = Checked(range.Description) })
            .Concat((Ipv6Ranges ?? []).Select(range => like with { CidrV6 = V6(range.CidrIpv6), Description = Checked(range.Description) }))
            .Concat((UserIdGroupPairs ?? []).Select(pair => like with { PeerGroupId = pair.Read(home), Description = Checked(pair.Description) }));
    }

    private static string V4(string? text) =>
        Cidr.TryParse(text, out var cidr) ? cidr.ToString() : throw NetworkRefused.Invalid($"CIDR block {text} is malformed").AsException();

    private static string V6(string? text) =>
        Cidr.NormalizeV6(text ?? "") ?? throw NetworkRefused.Invalid($"IPv6 CIDR block {text} is malformed").AsException();

    // EC2 API Reference, "IpRange": up to 255 characters of these.
    private static string? Checked(string? description) =>
        description is null || (description.Length <= 255 && description.All(c => char.IsAsciiLetterOrDigit(c) || " ._-:/()#,@[]+=&;{}!$*".Contains(c, StringComparison.Ordinal)))
            ? description
            : throw NetworkRefused.Invalid("Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*").AsException();
}

/// <summary>IPv4 addresses (EC2's shape <c>IpRange</c>).</summary>
internal sealed record IpRange
{
    public string? CidrIp { get; init; }

    public string? Description { get; init; }
}

/// <summary>IPv6 addresses (EC2's shape <c>Ipv6Range</c>).</summary>
internal sealed record Ipv6Range
{
    public string? CidrIpv6 { get; init; }

    public string? Description { get; init; }
}

/// <summary>A prefix list (EC2's shape <c>PrefixListId</c>); rules cannot have one here.</summary>
internal sealed record PrefixListEntry
{
    public string? PrefixListId { get; init; }
}

/// <summary>A group of the same account (EC2's shape <c>UserIdGroupPair</c>).</summary>
internal sealed record GroupPair
{
    public string? GroupId { get; init; }

    public string? UserId { get; init; }

    public string? Description { get; init; }

    /// <summary>The group's id.</summary>
    public string Read(RegistryId home)
    {
        if (UserId is not null && !string.Equals(UserId, home.Account.ToString(), StringComparison.Ordinal))
        {
            throw new NetworkObjectNotFound(NetworkKind.SecurityGroup, GroupId ?? "").AsException();
        }

        return GroupId ?? throw NetworkRefused.Missing("groupId").AsException();
    }
}

/// <summary>Protocols and their ports, as rules have them.</summary>
internal static class PortRange
{
    /// <summary>A protocol by its name or number, in the form that it is told in.</summary>
    public static string ProtocolOf(string? text) => text?.ToLowerInvariant() switch
    {
        null => throw NetworkRefused.Missing("ipProtocol").AsException(),
        "-1" or "all" => "-1",
        "tcp" or "6" => "tcp",
        "udp" or "17" => "udp",
        "icmp" or "1" => "icmp",
        "icmpv6" or "58" => "icmpv6",
        var number when byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value.ToString(CultureInfo.InvariantCulture),
        _ => throw NetworkRefused.Invalid($"Invalid value '{text}' for IP protocol. Unknown protocol.").AsException(),
    };

    /// <summary>The ports of a protocol that has some; of another null, whatever was given.</summary>
    public static (int? From, int? To) Of(string protocol, int? from, int? to)
    {
        switch (protocol)
        {
            case "tcp" or "udp":
                if (from is null || to is null)
                {
                    throw NetworkRefused.Invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.").AsException();
                }

                return from is >= 0 and <= 65_535 && to is >= 0 and <= 65_535 && from <= to
                    ? (from, to)
                    : throw NetworkRefused.Invalid(string.Create(CultureInfo.InvariantCulture, $"Invalid {protocol.ToUpperInvariant()} port range ({from}:{to})")).AsException();
            case "icmp" or "icmpv6":
                return from is null or (>= -1 and <= 255) && to is null or (>= -1 and <= 255)
                    ? (from ?? -1, to ?? -1)
                    : throw NetworkRefused.Invalid(string.Create(CultureInfo.InvariantCulture, $"ICMP code ({to}) out of range")).AsException();
            default:
                return (null, null);
        }
    }
}
