using System.Net;

namespace Berth.Network;

/// <summary>Whom rules of security groups let use a door: its port is 443, whatever port the server really listens on.</summary>
public static class DoorAdmission
{
    private const int Port = 443;

    /// <summary>The blocks that rules admit; those of groups that have no members here admit nobody.</summary>
    /// <param name="rules">All rules of the door's groups.</param>
    /// <param name="members">The addresses of a group's members.</param>
    public static IEnumerable<IPNetwork> AdmittedBy(IEnumerable<SecurityGroupRule> rules, Func<string, IEnumerable<string>> members) =>
        rules.Where(Opens).SelectMany(rule => BlocksOf(rule, members)).Distinct();

    private static bool Opens(SecurityGroupRule rule) =>
        !rule.IsEgress && (rule.Protocol is "-1" || (rule.Protocol is "tcp" or "6" && rule.FromPort is null or <= Port && rule.ToPort is null or >= Port));

    private static IEnumerable<IPNetwork> BlocksOf(SecurityGroupRule rule, Func<string, IEnumerable<string>> members) =>
        (rule.CidrV4 ?? rule.CidrV6) is { } block ? Parse(block) is { } one ? [one] : []
        : rule.PeerGroupId is { } group ? members(group).Select(Parse).OfType<IPNetwork>()
        : [];

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var block) ? block
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
