using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A security group with its rules.</summary>
internal sealed record GroupView(SecurityGroup Group, IReadOnlyList<SecurityGroupRule> Ingress, IReadOnlyList<SecurityGroupRule> Egress)
{
    /// <summary>What may be listed of groups.</summary>
    public static Listing<SecurityGroup, GroupView> ListingOf(Networks networks) => new(
        new(
            view => view.Group,
            [
                ("group-id", view => [view.Group.Id]),
                ("group-name", view => [view.Group.Name]),
                ("description", view => [view.Group.Description]),
                ("owner-id", view => [$"{view.Group.Home.Account}"]),
                ("vpc-id", view => [view.Group.VpcId]),
                .. OfRules("", view => view.Ingress),
                .. OfRules("egress.", view => view.Egress),
            ]),
        (rows, home, all) => ViewAsync(networks, rows, home, all));

    private static IEnumerable<(string Name, Func<GroupView, IEnumerable<string?>> Values)> OfRules(
        string prefix, Func<GroupView, IReadOnlyList<SecurityGroupRule>> rules) =>
    [
        ($"{prefix}ip-permission.cidr", view => rules(view).Select(rule => rule.CidrV4)),
        ($"{prefix}ip-permission.ipv6-cidr", view => rules(view).Select(rule => rule.CidrV6)),
        ($"{prefix}ip-permission.group-id", view => rules(view).Select(rule => rule.PeerGroupId)),
        ($"{prefix}ip-permission.protocol", view => rules(view).Select(rule => rule.Protocol)),
        ($"{prefix}ip-permission.from-port", view => rules(view).Select(rule => rule.FromPort is { } port ? $"{port}" : null)),
        ($"{prefix}ip-permission.to-port", view => rules(view).Select(rule => rule.ToPort is { } port ? $"{port}" : null)),
        ($"{prefix}ip-permission.user-id", view => rules(view).Select(rule => rule.PeerGroupId is null ? null : $"{rule.Home.Account}")),
    ];

    private static async Task<IReadOnlyList<GroupView>> ViewAsync(Networks networks, RowReader rows, RegistryId home, IReadOnlyList<SecurityGroup> all)
    {
        var rules = await networks.SecurityGroups.RulesAsync(rows, home, [.. all.Select(group => group.Id)]);
        return [.. all.Select(group => new GroupView(
            group, [.. rules[group.Id].Where(rule => !rule.IsEgress)], [.. rules[group.Id].Where(rule => rule.IsEgress)]))];
    }
}

/// <summary>A security group as answers tell of it (EC2's shape <c>SecurityGroup</c>).</summary>
internal sealed record SecurityGroupDetail
{
    public required string GroupId { get; init; }

    public required string GroupName { get; init; }

    [JsonPropertyName("groupDescription")]
    public required string Description { get; init; }

    public required string OwnerId { get; init; }

    public required string VpcId { get; init; }

    public required string SecurityGroupArn { get; init; }

    public IReadOnlyList<IpPermission> IpPermissions { get; init; } = [];

    public IReadOnlyList<IpPermission> IpPermissionsEgress { get; init; } = [];

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>The members that every group has.</summary>
    public static SecurityGroupDetail Of(GroupView view) => new()
    {
        GroupId = view.Group.Id,
        GroupName = view.Group.Name,
        Description = view.Group.Description,
        OwnerId = view.Group.Home.Account.ToString(),
        VpcId = view.Group.VpcId!,
        SecurityGroupArn = view.Group.Arn,
        IpPermissions = IpPermission.All(view.Ingress),
        IpPermissionsEgress = IpPermission.All(view.Egress),
        Tags = TagEntry.All(view.Group.Tags),
    };
}

/// <summary>A rule as answers tell of it (EC2's shape <c>SecurityGroupRule</c>).</summary>
internal sealed record RuleDetail
{
    public required string SecurityGroupRuleId { get; init; }

    public required string SecurityGroupRuleArn { get; init; }

    public required string GroupId { get; init; }

    public required string GroupOwnerId { get; init; }

    public bool IsEgress { get; init; }

    public required string IpProtocol { get; init; }

    public int FromPort { get; init; }

    public int ToPort { get; init; }

    public string? CidrIpv4 { get; init; }

    public string? CidrIpv6 { get; init; }

    public Peer? ReferencedGroupInfo { get; init; }

    public string? Description { get; init; }

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>What may be listed of rules.</summary>
    public static Listing<SecurityGroupRule, SecurityGroupRule> Listing { get; } = new(
        new(rule => rule, ("group-id", rule => [rule.ParentId]), ("security-group-rule-id", rule => [rule.Id])),
        (_, _, all) => Task.FromResult(all));

    /// <summary>The members that every rule has.</summary>
    public static RuleDetail Of(SecurityGroupRule rule) => new()
    {
        SecurityGroupRuleId = rule.Id,
        SecurityGroupRuleArn = rule.Arn,
        GroupId = rule.ParentId!,
        GroupOwnerId = rule.Home.Account.ToString(),
        IsEgress = rule.IsEgress,
        IpProtocol = rule.Protocol,
        FromPort = rule.FromPort ?? -1,
        ToPort = rule.ToPort ?? -1,
        CidrIpv4 = rule.CidrV4,
        CidrIpv6 = rule.CidrV6,
        ReferencedGroupInfo = rule.PeerGroupId is { } peer ? new(peer, rule.Home.Account.ToString()) : null,
        Description = rule.Description,
        Tags = TagEntry.All(rule.Tags),
    };

    /// <summary>The group that a rule means.</summary>
    internal sealed record Peer(string GroupId, string UserId);
}

/// <summary>A rule that was taken away (EC2's shape <c>RevokedSecurityGroupRule</c>).</summary>
internal sealed record RevokedRule(
    string SecurityGroupRuleId,
    string GroupId,
    bool IsEgress,
    string IpProtocol,
    int FromPort,
    int ToPort,
    string? CidrIpv4,
    string? CidrIpv6,
    string? ReferencedGroupId,
    string? Description)
{
    /// <summary>What it was.</summary>
    public static RevokedRule Of(SecurityGroupRule rule) => new(
        rule.Id, rule.ParentId!, rule.IsEgress, rule.Protocol, rule.FromPort ?? -1, rule.ToPort ?? -1, rule.CidrV4, rule.CidrV6, rule.PeerGroupId, rule.Description);
}
