using Berth.Server.Ec2.Shapes;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A rule within a security group's template, on what may come in.</summary>
internal sealed record IngressProperty
{
    public string? CidrIp { get; init; }

    public string? CidrIpv6 { get; init; }

    public string? Description { get; init; }

    public int? FromPort { get; init; }

    public required string IpProtocol { get; init; }

    public string? SourcePrefixListId { get; init; }

    public string? SourceSecurityGroupId { get; init; }

    [Refused("groups are named by SourceSecurityGroupId")]
    public string? SourceSecurityGroupName { get; init; }

    public string? SourceSecurityGroupOwnerId { get; init; }

    public int? ToPort { get; init; }

    public RuleProperties Rule => new(IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6)
    {
        Description = Description,
        GroupId = SourceSecurityGroupId,
        GroupOwner = SourceSecurityGroupOwnerId,
        PrefixList = SourcePrefixListId,
    };
}

/// <summary>A rule within a security group's template, on what may go out.</summary>
internal sealed record EgressProperty
{
    public string? CidrIp { get; init; }

    public string? CidrIpv6 { get; init; }

    public string? Description { get; init; }

    public string? DestinationPrefixListId { get; init; }

    public string? DestinationSecurityGroupId { get; init; }

    public int? FromPort { get; init; }

    public required string IpProtocol { get; init; }

    public int? ToPort { get; init; }

    public RuleProperties Rule => new(IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6)
    {
        Description = Description,
        GroupId = DestinationSecurityGroupId,
        PrefixList = DestinationPrefixListId,
    };
}

/// <summary>A rule, whichever way it is about.</summary>
internal sealed record RuleProperties(string Protocol, int? From, int? To, string? CidrIp, string? CidrIpv6)
{
    /// <summary>What a group may do that says nothing on what goes out: everything.</summary>
    public static readonly RuleProperties Everything = new("-1", null, null, "0.0.0.0/0", null);

    public string? Description { get; init; }

    public string? GroupId { get; init; }

    public string? GroupOwner { get; init; }

    public string? PrefixList { get; init; }

    /// <summary>As requests have it.</summary>
    public IReadOnlyList<IpPermission> ToPermissions() =>
    [
        new()
        {
            IpProtocol = Protocol,
            FromPort = From,
            ToPort = To,
            IpRanges = CidrIp is null ? null : [new() { CidrIp = CidrIp, Description = Description }],
            Ipv6Ranges = CidrIpv6 is null ? null : [new() { CidrIpv6 = CidrIpv6, Description = Description }],
            UserIdGroupPairs = GroupId is null ? null : [new() { GroupId = GroupId, UserId = GroupOwner, Description = Description }],
            PrefixListIds = PrefixList is null ? null : [new() { PrefixListId = PrefixList }],
        },
    ];
}
