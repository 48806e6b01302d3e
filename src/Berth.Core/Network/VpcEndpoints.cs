using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Makes, changes and deletes VPC endpoints. What they mean to requests, <see cref="Door"/> says.</summary>
public sealed class VpcEndpoints(NetworkObjects objects, NetworkInterfaces interfaces)
{
    private const int MostInVpc = 50;
    private const int MostGateways = 20;

    /// <summary>
    /// Makes an endpoint, which is available at once; a request repeated with its client token finds the one it made. Faults:
    /// <see cref="EndpointRefused"/>, and those of things that are not there.
    /// </summary>
    public Task<VpcEndpoint> CreateAsync(RegistryId home, NewEndpoint wish, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            if (await objects.MadeByAsync<VpcEndpoint>(tx, home, wish.ClientToken, wish.RequestPrint) is [var before, ..])
            {
                return before;
            }

            var service = ServiceOf(home, wish.ServiceName);
            RefuseUnfit(service, wish);
            var vpc = await objects.GetAsync<Vpc>(tx, home, wish.VpcId);
            await RefuseTooManyAsync(tx, vpc, service.IsGateway);
            var policy = EndpointPolicy.Check(wish.Policy, service.IsGateway);
            var made = await objects.InsertAsync(tx, new VpcEndpoint
            {
                Home = home,
                VpcId = vpc.Id,
                ClientToken = wish.ClientToken,
                RequestPrint = wish.RequestPrint,
                Tags = wish.Tags,
                ServiceName = service.Name,
                Suffix = objects.Ids.NewEndpointSuffix(),
                Policy = policy,
            });
            var set = new EndpointParts(objects, interfaces, tx, vpc);
            made = service.IsGateway
                ? await set.AddRoutesAsync(made, wish.RouteTableIds)
                : await set.AddSubnetsAsync(await set.SetGroupsAsync(made, await set.GroupsOrDefaultAsync(wish.GroupIds)), wish.SubnetIds, wish.Addresses);
            made = await set.SetPrivateDnsAsync(made, wish.PrivateDns ?? !service.IsGateway);
            await objects.UpdateAsync(tx, made);
            return made;
        },
        cancel);

    /// <summary>Changes an endpoint. Faults: as <see cref="CreateAsync"/>.</summary>
    public Task ModifyAsync(RegistryId home, string id, EndpointChange change, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var endpoint = await objects.GetAsync<VpcEndpoint>(tx, home, id);
            RefuseUnfit(endpoint.Service, change);
            var set = new EndpointParts(objects, interfaces, tx, await objects.GetAsync<Vpc>(tx, home, endpoint.VpcId!));
            if (change.ResetsPolicy || change.Policy is not null)
            {
                endpoint = endpoint with { Policy = change.ResetsPolicy ? null : EndpointPolicy.Check(change.Policy, endpoint.Service.IsGateway) };
            }

            endpoint = await set.RemoveRoutesAsync(endpoint, change.RemoveRouteTableIds);
            endpoint = await set.AddRoutesAsync(endpoint, change.AddRouteTableIds);
            endpoint = await set.ChangeGroupsAsync(endpoint, change.AddGroupIds, change.RemoveGroupIds);
            endpoint = await set.RemoveSubnetsAsync(endpoint, change.RemoveSubnetIds);
            endpoint = await set.AddSubnetsAsync(endpoint, change.AddSubnetIds, change.Addresses);
            if (change.PrivateDns is { } privateDns)
            {
                endpoint = await set.SetPrivateDnsAsync(endpoint, privateDns);
            }

            await objects.UpdateAsync(tx, endpoint);
        },
        cancel);

    /// <summary>Deletes endpoints, and says of those that could not be, why: one that is not there keeps no other from being deleted.</summary>
    public Task<IReadOnlyList<(string Id, Fault Fault)>> DeleteAsync(RegistryId home, IReadOnlyList<string> ids, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var failed = new List<(string, Fault)>();
            foreach (var id in ids.Distinct(StringComparer.Ordinal))
            {
                if (!NetworkKind.VpcEndpoint.IsId(id))
                {
                    failed.Add((id, new NetworkIdMalformed(NetworkKind.VpcEndpoint, id)));
                }
                else if (await objects.FindAsync<VpcEndpoint>(tx, home, id) is { } endpoint)
                {
                    var set = new EndpointParts(objects, interfaces, tx, await objects.GetAsync<Vpc>(tx, home, endpoint.VpcId!));
                    await set.RemoveRoutesAsync(endpoint, endpoint.RouteTableIds);
                    await objects.DeleteAsync(tx, endpoint);
                }
                else
                {
                    failed.Add((id, new NetworkObjectNotFound(NetworkKind.VpcEndpoint, id)));
                }
            }

            return (IReadOnlyList<(string, Fault)>)failed;
        },
        cancel);

    /// <summary>The network interfaces of endpoints and the names of their groups, by the ids of the endpoints and groups.</summary>
    public async Task<EndpointDetails> DetailsAsync(RowReader rows, RegistryId home, IReadOnlyCollection<VpcEndpoint> endpoints)
    {
        var own = await objects.PartsAsync<NetworkInterface>(rows, home, [.. endpoints.Select(endpoint => endpoint.Id)]);
        var groups = await objects.GetAllAsync<SecurityGroup>(
            rows, home, [.. endpoints.SelectMany(endpoint => endpoint.GroupIds).Distinct(StringComparer.Ordinal)]);
        return new(
            own.ToLookup(one => one.ParentId!, one => one.Id, StringComparer.Ordinal),
            groups.ToDictionary(group => group.Id, group => group.Name, StringComparer.Ordinal));
    }

    private static DoorService ServiceOf(RegistryId home, string? name) =>
        name is null ? throw NetworkRefused.Missing("ServiceName").AsException()
        : DoorService.TryParse(name, out var service) && service.Region == home.Region ? service
        : throw EndpointRefused.NoService(name).AsException();

    private static void RefuseUnfit(DoorService service, NewEndpoint wish)
    {
        if (service.IsGateway != wish.IsGateway)
        {
            throw EndpointRefused.Type(wish.IsGateway ? "Gateway" : "Interface", service.IsGateway ? "Gateway" : "Interface").AsException();
        }

        Refuse(!service.IsGateway && wish.RouteTableIds.Count > 0, "Route tables are for endpoints of type Gateway.");
        Refuse(service.IsGateway && wish.SubnetIds.Count + wish.GroupIds.Count > 0, "Subnets and security groups are for endpoints of type Interface.");
        Refuse(service.IsGateway && wish.PrivateDns is true, "Private DNS can be enabled for endpoints of type Interface only.");
    }

    private static void RefuseUnfit(DoorService service, EndpointChange change)
    {
        Refuse(!service.IsGateway && change.AddRouteTableIds.Count + change.RemoveRouteTableIds.Count > 0, "Route tables are for endpoints of type Gateway.");
        Refuse(
            service.IsGateway && change.AddSubnetIds.Count + change.RemoveSubnetIds.Count + change.AddGroupIds.Count + change.RemoveGroupIds.Count > 0,
            "Subnets and security groups are for endpoints of type Interface.");
        Refuse(service.IsGateway && change.PrivateDns is true, "Private DNS can be enabled for endpoints of type Interface only.");
        Refuse(change.ResetsPolicy && change.Policy is not null, "A policy is set or reset, not both.");
    }

    private static void Refuse(bool isUnfit, string sentence)
    {
        if (isUnfit)
        {
            throw EndpointRefused.Parameter(sentence).AsException();
        }
    }

    private async Task RefuseTooManyAsync(RowReader rows, Vpc vpc, bool isGateway)
    {
        var there = await objects.OfVpcAsync<VpcEndpoint>(rows, vpc.Home, vpc.Id);
        if (there.Count(endpoint => endpoint.Service.IsGateway == isGateway) >= (isGateway ? MostGateways : MostInVpc))
        {
            throw EndpointRefused.TooMany().AsException();
        }
    }
}

/// <summary>What answers tell of endpoints besides themselves.</summary>
/// <param name="Interfaces">The ids of network interfaces, by endpoint.</param>
/// <param name="GroupNames">The names of security groups, by id.</param>
public sealed record EndpointDetails(ILookup<string, string> Interfaces, IReadOnlyDictionary<string, string> GroupNames);

/// <summary>An endpoint that somebody wants.</summary>
/// <param name="VpcId">In which VPC.</param>
/// <param name="ServiceName">To which service.</param>
public sealed record NewEndpoint(string VpcId, string? ServiceName)
{
    /// <summary>Whether it is to be of type Gateway, and not of type Interface.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Its policy as written; null or empty for full access.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether the service's public names are to mean it. Null for the default, which is yes where it can be.</summary>
    public bool? PrivateDns { get; init; }

    /// <summary>The subnets that it is to have an address in.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>The addresses wanted in some of the subnets.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its security groups; none for the VPC's default one.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The tables that are to lead to a gateway.</summary>
    public IReadOnlyList<string> RouteTableIds { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<NetworkTag> Tags { get; init; } = [];

    /// <summary>By which the request, repeated, finds what it made; null for none.</summary>
    public string? ClientToken { get; init; }

    /// <summary>What the request, repeated, must be like.</summary>
    public string? RequestPrint { get; init; }
}

/// <summary>What is to become of an endpoint.</summary>
public sealed record EndpointChange
{
    /// <summary>Whether it is to have full access again.</summary>
    public bool ResetsPolicy { get; init; }

    /// <summary>Its new policy; null to keep the one it has.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether the service's public names are to mean it; null to leave that.</summary>
    public bool? PrivateDns { get; init; }

    /// <summary>The subnets that it is to have an address in besides.</summary>
    public IReadOnlyList<string> AddSubnetIds { get; init; } = [];

    /// <summary>The subnets that it is to have no address in.</summary>
    public IReadOnlyList<string> RemoveSubnetIds { get; init; } = [];

    /// <summary>The addresses wanted in some of the added subnets.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The security groups that it is to have besides.</summary>
    public IReadOnlyList<string> AddGroupIds { get; init; } = [];

    /// <summary>The security groups that it is to have no more.</summary>
    public IReadOnlyList<string> RemoveGroupIds { get; init; } = [];

    /// <summary>The tables that are to lead to a gateway besides.</summary>
    public IReadOnlyList<string> AddRouteTableIds { get; init; } = [];

    /// <summary>The tables that are to lead to a gateway no more.</summary>
    public IReadOnlyList<string> RemoveRouteTableIds { get; init; } = [];
}
