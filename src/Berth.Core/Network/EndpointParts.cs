using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>What endpoints are put together of, within one transaction. Each step gives the endpoint as it is then; who asked keeps it.</summary>
internal sealed class EndpointParts(NetworkObjects objects, NetworkInterfaces interfaces, Transaction tx, Vpc vpc)
{
    /// <summary>The groups asked for, or with none the default one of the VPC.</summary>
    public async Task<IReadOnlyList<string>> GroupsOrDefaultAsync(IReadOnlyList<string> asked)
    {
        if (asked.Count > 0)
        {
            return asked;
        }

        var there = await objects.OfVpcAsync<SecurityGroup>(tx, vpc.Home, vpc.Id);
        return [there.First(group => group.Name is SecurityGroup.Default).Id];
    }

    /// <summary>Gives an endpoint and its interfaces these groups.</summary>
    public async Task<VpcEndpoint> SetGroupsAsync(VpcEndpoint endpoint, IReadOnlyList<string> groups)
    {
        string[] distinct = [.. groups.Distinct(StringComparer.Ordinal)];
        foreach (var group in await objects.GetAllAsync<SecurityGroup>(tx, vpc.Home, distinct))
        {
            RefuseStranger(group, "security group");
        }

        foreach (var one in await objects.PartsAsync<NetworkInterface>(tx, vpc.Home, endpoint.Id))
        {
            await objects.UpdateAsync(tx, one with { GroupIds = distinct });
        }

        return endpoint with { GroupIds = distinct };
    }

    /// <summary>Adds and removes groups; at least one must stay.</summary>
    public async Task<VpcEndpoint> ChangeGroupsAsync(VpcEndpoint endpoint, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        if (add.Count + remove.Count == 0)
        {
            return endpoint;
        }

        RefuseUnknown(endpoint.GroupIds, remove, "security group");
        string[] groups = [.. endpoint.GroupIds.Except(remove, StringComparer.Ordinal).Union(add, StringComparer.Ordinal)];
        return groups is []
            ? throw EndpointRefused.Parameter("An endpoint of type Interface has at least one security group.").AsException()
            : await SetGroupsAsync(endpoint, groups);
    }

    /// <summary>Gives an endpoint an address in each of these subnets.</summary>
    public async Task<VpcEndpoint> AddSubnetsAsync(VpcEndpoint endpoint, IReadOnlyList<string> ids, IReadOnlyDictionary<string, string> addresses)
    {
        string[] fresh = [.. ids.Union(addresses.Keys, StringComparer.Ordinal).Except(endpoint.SubnetIds, StringComparer.Ordinal)];
        if (addresses.Keys.FirstOrDefault(id => endpoint.SubnetIds.Contains(id, StringComparer.Ordinal)) is { } kept)
        {
            throw EndpointRefused.Parameter($"The address of an endpoint in subnet {kept} cannot be changed; remove the subnet first.").AsException();
        }

        foreach (var subnet in await objects.GetAllAsync<Subnet>(tx, vpc.Home, fresh))
        {
            RefuseStranger(subnet, "subnet");
            if (endpoint.Zones.Contains(subnet.Zone, StringComparer.Ordinal))
            {
                throw EndpointRefused.Zone(subnet.Id).AsException();
            }

            await interfaces.CreateAsync(tx, subnet, InterfaceOf(endpoint), addresses.GetValueOrDefault(subnet.Id));
            endpoint = endpoint with { SubnetIds = [.. endpoint.SubnetIds, subnet.Id], Zones = [.. endpoint.Zones, subnet.Zone] };
        }

        return endpoint;
    }

    /// <summary>Takes away the addresses in these subnets.</summary>
    public async Task<VpcEndpoint> RemoveSubnetsAsync(VpcEndpoint endpoint, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return endpoint;
        }

        RefuseUnknown(endpoint.SubnetIds, ids, "subnet");
        foreach (var one in await objects.PartsAsync<NetworkInterface>(tx, vpc.Home, endpoint.Id))
        {
            if (ids.Contains(one.SubnetId, StringComparer.Ordinal))
            {
                await objects.DeleteAsync(tx, one);
            }
        }

        int[] kept = [.. Enumerable.Range(0, endpoint.SubnetIds.Count).Where(i => !ids.Contains(endpoint.SubnetIds[i], StringComparer.Ordinal))];
        return endpoint with { SubnetIds = [.. kept.Select(i => endpoint.SubnetIds[i])], Zones = [.. kept.Select(i => endpoint.Zones[i])] };
    }

    /// <summary>Has these tables lead to a gateway.</summary>
    public async Task<VpcEndpoint> AddRoutesAsync(VpcEndpoint endpoint, IReadOnlyList<string> ids)
    {
        string[] fresh = [.. ids.Except(endpoint.RouteTableIds, StringComparer.Ordinal)];
        foreach (var table in await objects.GetAllAsync<RouteTable>(tx, vpc.Home, fresh))
        {
            RefuseStranger(table, "route table");
            var route = new Route(endpoint.Service.PrefixListId, endpoint.Id);
            if (table.Routes.Any(other => string.Equals(other.Destination, route.Destination, StringComparison.Ordinal)))
            {
                throw EndpointRefused.Route(table.Id, route.Destination).AsException();
            }

            await objects.UpdateAsync(tx, table with { Routes = [.. table.Routes, route] });
        }

        return endpoint with { RouteTableIds = [.. endpoint.RouteTableIds, .. fresh] };
    }

    /// <summary>Has these tables no longer lead to a gateway.</summary>
    public async Task<VpcEndpoint> RemoveRoutesAsync(VpcEndpoint endpoint, IReadOnlyList<string> ids)
    {
        RefuseUnknown(endpoint.RouteTableIds, ids, "route table");
        foreach (var table in await objects.GetAllAsync<RouteTable>(tx, vpc.Home, ids))
        {
            await objects.UpdateAsync(
                tx, table with { Routes = [.. table.Routes.Where(route => !string.Equals(route.Target, endpoint.Id, StringComparison.Ordinal))] });
        }

        return endpoint with { RouteTableIds = [.. endpoint.RouteTableIds.Except(ids, StringComparer.Ordinal)] };
    }

    /// <summary>Sets whether the service's names mean the endpoint: in a VPC that has names, and for one of its endpoints.</summary>
    public async Task<VpcEndpoint> SetPrivateDnsAsync(VpcEndpoint endpoint, bool isEnabled)
    {
        if (!isEnabled || endpoint.PrivateDns)
        {
            return endpoint with { PrivateDns = isEnabled };
        }

        if (vpc is not { DnsSupport: true, DnsHostnames: true })
        {
            throw EndpointRefused.DnsAttributes(vpc.Id).AsException();
        }

        var others = await objects.OfVpcAsync<VpcEndpoint>(tx, vpc.Home, vpc.Id);
        return others.Any(other => other.PrivateDns && string.Equals(other.ServiceName, endpoint.ServiceName, StringComparison.Ordinal))
            ? throw EndpointRefused.DnsConflict(endpoint.Service.PrivateName, vpc.Id).AsException()
            : endpoint with { PrivateDns = true };
    }

    private static NetworkInterface InterfaceOf(VpcEndpoint endpoint) => new()
    {
        ParentId = endpoint.Id,
        SubnetId = "",
        Zone = "",
        PrivateAddress = "",
        Description = $"VPC Endpoint Interface {endpoint.Id}",
        InterfaceType = "vpc_endpoint",
        GroupIds = endpoint.GroupIds,
    };

    private void RefuseStranger(NetworkObject part, string noun)
    {
        if (!string.Equals(part.VpcId, vpc.Id, StringComparison.Ordinal))
        {
            throw EndpointRefused.Parameter($"The {noun} {part.Id} does not belong to VPC {vpc.Id}").AsException();
        }
    }

    private static void RefuseUnknown(IReadOnlyList<string> there, IReadOnlyList<string> asked, string noun)
    {
        if (asked.FirstOrDefault(id => !there.Contains(id, StringComparer.Ordinal)) is { } unknown)
        {
            throw EndpointRefused.Parameter($"The {noun} {unknown} is not associated with the VPC endpoint").AsException();
        }
    }
}
