using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Routing;

/// <summary>Where a route is for and where it leads, of which each is given in one of several members.</summary>
internal static class RouteInput
{
    /// <summary>The block that a route is for, in its usual form.</summary>
    public static string Destination(string? v4, string? v6) => (v4, v6) switch
    {
        ({ } text, null) => Cidr.Parse(text, "destinationCidrBlock").ToString(),
        (null, { } text) => Cidr.NormalizeV6(text) ?? throw NetworkRefused.Cidr(text, "destinationIpv6CidrBlock").AsException(),
        (null, null) => throw NetworkRefused.Missing("destinationCidrBlock").AsException(),
        _ => throw NetworkRefused.Combination("The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock").AsException(),
    };

    /// <summary>The one target that was given.</summary>
    public static string Target(params string?[] targets) => targets.OfType<string>().ToList() switch
    {
        [var target] => target,
        _ => throw NetworkRefused.Combination("The request must contain exactly one of gatewayId, natGatewayId, instanceId, networkInterfaceId").AsException(),
    };
}
