using Berth.Server.Ec2.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Rules, which can also be given as one in members of the request itself.</summary>
internal static class RuleInput
{
    /// <summary>The permissions; null when none are given.</summary>
    public static IReadOnlyList<IpPermission>? Of(IReadOnlyList<IpPermission>? given, string? protocol, int? from, int? to, string? cidr)
    {
        if (protocol is null && from is null && to is null && cidr is null)
        {
            return given;
        }

        return given is null
            ? [new() { IpProtocol = protocol, FromPort = from, ToPort = to, IpRanges = cidr is null ? null : [new() { CidrIp = cidr }] }]
            : throw NetworkRefused.Combination("The parameter ipPermissions may not be specified along with the parameters of a single rule.").AsException();
    }
}
