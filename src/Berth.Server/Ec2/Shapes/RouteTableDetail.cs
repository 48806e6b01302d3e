using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;
using Route = Berth.Network.Route;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A route table with what belongs to it.</summary>
internal sealed record RouteTableView(RouteTable Table, IReadOnlyList<RouteTableAssociation> Associations, IReadOnlyList<RouteDetail> Routes)
{
    /// <summary>What may be listed of route tables.</summary>
    public static Listing<RouteTable, RouteTableView> ListingOf(Networks networks) => new(
        new(
            view => view.Table,
            ("route-table-id", view => [view.Table.Id]),
            ("vpc-id", view => [view.Table.VpcId]),
            ("owner-id", view => [$"{view.Table.Home.Account}"]),
            ("association.main", view => view.Associations.Select(one => one.SubnetId is null ? "true" : "false")),
            ("association.route-table-association-id", view => view.Associations.Select(one => one.Id)),
            ("association.route-table-id", view => view.Associations.Select(one => one.ParentId)),
            ("association.subnet-id", view => view.Associations.Select(one => one.SubnetId)),
            ("route.destination-cidr-block", view => view.Routes.Select(route => route.DestinationCidrBlock)),
            ("route.destination-ipv6-cidr-block", view => view.Routes.Select(route => route.DestinationIpv6CidrBlock)),
            ("route.destination-prefix-list-id", view => view.Routes.Select(route => route.DestinationPrefixListId)),
            ("route.gateway-id", view => view.Routes.Select(route => route.GatewayId)),
            ("route.nat-gateway-id", view => view.Routes.Select(route => route.NatGatewayId)),
            ("route.instance-id", view => view.Routes.Select(route => route.InstanceId)),
            ("route.origin", view => view.Routes.Select(route => route.Origin)),
            ("route.state", view => view.Routes.Select(route => route.State))),
        (rows, home, all) => ViewAsync(networks, rows, home, all));

    /// <summary>Reads what belongs to tables.</summary>
    public static async Task<IReadOnlyList<RouteTableView>> ViewAsync(Networks networks, RowReader rows, RegistryId home, IReadOnlyList<RouteTable> all)
    {
        var associations = await networks.RouteTables.AssociationsAsync(rows, home, [.. all.Select(table => table.Id)]);
        var live = await networks.Routes.LiveTargetsAsync(rows, home, all);
        return [.. all.Select(table => new RouteTableView(
            table, [.. associations[table.Id]], [.. table.Routes.Select(route => RouteDetail.Of(route, live.Contains(route.Target)))]))];
    }
}

/// <summary>A route table as answers tell of it (EC2's shape <c>RouteTable</c>).</summary>
internal sealed record RouteTableDetail
{
    public required string RouteTableId { get; init; }

    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    [JsonPropertyName("routeSet")]
    public IReadOnlyList<RouteDetail> Routes { get; init; } = [];

    [JsonPropertyName("associationSet")]
    public IReadOnlyList<AssociationDetail> Associations { get; init; } = [];

    [JsonPropertyName("propagatingVgwSet")]
    public IReadOnlyList<Propagation> PropagatingVgws { get; init; } = [];

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>The members that every table has.</summary>
    public static RouteTableDetail Of(RouteTableView view) => new()
    {
        RouteTableId = view.Table.Id,
        VpcId = view.Table.VpcId!,
        OwnerId = view.Table.Home.Account.ToString(),
        Routes = view.Routes,
        Associations = [.. view.Associations.Select(AssociationDetail.Of)],
        Tags = TagEntry.All(view.Table.Tags),
    };

    /// <summary>A virtual private gateway, of which there are none.</summary>
    internal sealed record Propagation(string GatewayId);
}

/// <summary>A route (EC2's shape <c>Route</c>).</summary>
internal sealed record RouteDetail
{
    public string? DestinationCidrBlock { get; init; }

    public string? DestinationIpv6CidrBlock { get; init; }

    public string? DestinationPrefixListId { get; init; }

    public string? GatewayId { get; init; }

    public string? NatGatewayId { get; init; }

    public string? InstanceId { get; init; }

    public string? NetworkInterfaceId { get; init; }

    public required string Origin { get; init; }

    public required string State { get; init; }

    /// <summary>A route, and whether it leads somewhere.</summary>
    public static RouteDetail Of(Route route, bool isLive)
    {
        var isPrefixList = route.Destination.StartsWith("pl-", StringComparison.Ordinal);
        var isV6 = route.Destination.Contains(':', StringComparison.Ordinal);
        var kind = NetworkKind.OfId(route.Target);
        return new()
        {
            DestinationPrefixListId = isPrefixList ? route.Destination : null,
            DestinationIpv6CidrBlock = isV6 ? route.Destination : null,
            DestinationCidrBlock = isPrefixList || isV6 ? null : route.Destination,
            NatGatewayId = kind == NetworkKind.NatGateway ? route.Target : null,
            InstanceId = kind == NetworkKind.Instance ? route.Target : null,
            NetworkInterfaceId = kind == NetworkKind.NetworkInterface ? route.Target : null,
            GatewayId = kind == NetworkKind.NatGateway || kind == NetworkKind.Instance || kind == NetworkKind.NetworkInterface ? null : route.Target,
            Origin = route.Origin,
            State = isLive ? "active" : "blackhole",
        };
    }
}

/// <summary>Which table a subnet has (EC2's shape <c>RouteTableAssociation</c>).</summary>
internal sealed record AssociationDetail(bool Main, string RouteTableAssociationId, string RouteTableId, string? SubnetId, AssociationStateDetail AssociationState)
{
    /// <summary>An association, which is made at once.</summary>
    public static AssociationDetail Of(RouteTableAssociation one) => new(one.SubnetId is null, one.Id, one.ParentId!, one.SubnetId, new("associated"));
}

/// <summary>How far an association is.</summary>
internal sealed record AssociationStateDetail(string State);
