using System.Net;
using Berth.Identity;
using Berth.Policy.Documents;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Reads every door with all that decides over it, whosever it is.</summary>
internal sealed class DoorReader(RowReader rows, CompiledPolicies compiled)
{
    private const int MostValues = 16_000;
    private const string Select = $"SELECT {NetworkRow.Columns} FROM network_object n WHERE n.gone_at IS NULL AND";

    private static readonly PolicyDocument Nothing = PolicyReader.Read(
        """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}""", PolicyGrammar.Shared);

    private static readonly ILookup<string, NetworkTag> NoTags = Array.Empty<NetworkTagRow>().ToLookup(row => row.ObjectId, _ => default(NetworkTag), StringComparer.Ordinal);

    /// <summary>The doors. Where there is none, that is all that is asked.</summary>
    public async Task<IReadOnlyList<Door>> ReadAsync()
    {
        var found = await rows.QueryAsync<NetworkRow>($"{Select} n.kind = 'vpc-endpoint'", new { });
        VpcEndpoint[] endpoints = [.. found.Select(row => row.ToObject<VpcEndpoint>(NoTags))
            .Where(endpoint => endpoint.VpcId is not null && DoorService.TryParse(endpoint.ServiceName, out _))];
        if (endpoints is [])
        {
            return [];
        }

        string[] vpcIds = [.. endpoints.Select(endpoint => endpoint.VpcId!).Distinct(StringComparer.Ordinal)];
        var vpcs = (await OfAsync<Vpc>("vpc", "n.id", vpcIds)).ToDictionary(vpc => vpc.Id, StringComparer.Ordinal);
        var rules = (await OfAsync<SecurityGroupRule>(
            "security-group-rule", "n.parent_id", [.. endpoints.SelectMany(endpoint => endpoint.GroupIds).Distinct(StringComparer.Ordinal)]))
            .ToLookup(rule => rule.ParentId!, StringComparer.Ordinal);
        var members = await MembersAsync([.. rules.SelectMany(group => group).Select(rule => rule.PeerGroupId).OfType<string>().Distinct(StringComparer.Ordinal)]);
        var routed = await RoutedAsync([.. endpoints.Where(endpoint => endpoint.Service.IsGateway).Select(endpoint => endpoint.VpcId!).Distinct(StringComparer.Ordinal)]);
        return
        [
            .. endpoints.Where(endpoint => vpcs.ContainsKey(endpoint.VpcId!)).Select(endpoint => endpoint.ToDoor() with
            {
                Networks = endpoint.Service.IsGateway
                    ? [.. endpoint.RouteTableIds.SelectMany(table => routed[table]).Select(block => IPNetwork.Parse(block))]
                    : [IPNetwork.Parse(vpcs[endpoint.VpcId!].Cidr)],
                Admitted = [.. DoorAdmission.AdmittedBy(endpoint.GroupIds.SelectMany(group => rules[group]), group => members[group])],
                Policy = endpoint.Policy is { } policy ? Compile(policy) : null,
            }),
        ];
    }

    // One endpoint's damage is not for all others to bear: through that one nothing passes.
    private PolicyDocument Compile(string policy)
    {
        try
        {
            return compiled.Get(policy, PolicyGrammar.Shared);
        }
        catch (FaultException damaged) when (damaged.Fault is ContentDamaged)
        {
            return Nothing;
        }
    }

    // Whatever has an address and is in a group has a network interface.
    private async Task<ILookup<string, string>> MembersAsync(IReadOnlyList<string> groups)
    {
        if (groups.Count == 0)
        {
            return Array.Empty<string>().ToLookup(text => text, StringComparer.Ordinal);
        }

        var wanted = groups.ToHashSet(StringComparer.Ordinal);
        var interfaces = new List<NetworkInterface>();
        foreach (var some in groups.Chunk(MostValues))
        {
            var list = new ValueList("group", some);
            var found = await rows.QueryAsync<NetworkRow>(
                $"{Select} n.kind = 'network-interface' AND n.id IN (SELECT referrer_id FROM network_reference WHERE target_id IN {list})", list.With(new { }));
            interfaces.AddRange(found.Select(row => row.ToObject<NetworkInterface>(NoTags)));
        }

        return interfaces.DistinctBy(one => one.Id, StringComparer.Ordinal)
            .SelectMany(one => one.GroupIds.Where(wanted.Contains).Select(group => (group, one.PrivateAddress)))
            .ToLookup(pair => pair.group, pair => pair.PrivateAddress, StringComparer.Ordinal);
    }

    // The blocks of the subnets whose packets a route table directs: those that it is associated with, and as a VPC's main one all that
    // have none of their own.
    private async Task<ILookup<string, string>> RoutedAsync(IReadOnlyList<string> vpcIds)
    {
        var subnets = await OfAsync<Subnet>("subnet", "n.vpc_id", vpcIds);
        var associations = await OfAsync<RouteTableAssociation>("route-table-association", "n.vpc_id", vpcIds);
        var own = associations.Where(one => one.SubnetId is not null).ToDictionary(one => one.SubnetId!, one => one.ParentId!, StringComparer.Ordinal);
        var main = associations.Where(one => one.SubnetId is null).ToDictionary(one => one.VpcId!, one => one.ParentId!, StringComparer.Ordinal);
        return subnets
            .Select(subnet => (Table: own.GetValueOrDefault(subnet.Id) ?? main.GetValueOrDefault(subnet.VpcId!) ?? "", subnet.Cidr))
            .ToLookup(pair => pair.Table, pair => pair.Cidr, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<T>> OfAsync<T>(string kind, string column, IReadOnlyList<string> values)
        where T : NetworkObject
    {
        var all = new List<T>();
        foreach (var some in values.Chunk(MostValues))
        {
            var list = new ValueList("value", some);
            var found = await rows.QueryAsync<NetworkRow>($"{Select} n.kind = @kind AND {column} IN {list}", list.With(new { kind }));
            all.AddRange(found.Select(row => row.ToObject<T>(NoTags)));
        }

        return all;
    }
}
