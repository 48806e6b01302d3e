using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Where packets of subnets go. Its associations are parts of it.</summary>
public sealed record RouteTable : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.RouteTable;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The routes; the first is the local one.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];
}

/// <summary>A route.</summary>
/// <param name="Destination">A block of IPv4 or IPv6 addresses, or the id of a prefix list.</param>
/// <param name="Target"><c>local</c>, or the id of a gateway, instance, network interface or endpoint, which may be gone.</param>
public sealed record Route(string Destination, string Target)
{
    /// <summary>The target of the route that every table begins with.</summary>
    public const string Local = "local";

    /// <summary>How it came to be: <c>CreateRouteTable</c> or <c>CreateRoute</c>.</summary>
    public string Origin { get; init; } = "CreateRoute";
}

/// <summary>That a table is a subnet's, or the main one of its VPC: of all subnets that have none of their own.</summary>
public sealed record RouteTableAssociation : NetworkObject, INetworkKind
{
    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.RouteTableAssociation;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>The subnet; null for the main association.</summary>
    public string? SubnetId { get; init; }

    internal override IEnumerable<string?> References => [SubnetId, ParentId];
}
