using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Elastic addresses, and what they lead to.</summary>
public sealed class ElasticAddresses(NetworkObjects objects)
{
    private const int Most = 100;

    // RFC 5737: nobody's, so that nothing that believes in them reaches anybody.
    private static readonly Cidr[] Ranges = [Cidr.Parse("192.0.2.0/24"), Cidr.Parse("198.51.100.0/24"), Cidr.Parse("203.0.113.0/24")];

    /// <summary>Gives an account an address. Fault: it has as many as it may.</summary>
    public Task<ElasticAddress> AllocateAsync(RegistryId home, IReadOnlyList<NetworkTag> tags, CancellationToken cancel)
    {
        var start = objects.Ids.NextBelow((int)Ranges.Sum(range => range.Size));
        return objects.WriteAsync(
            async tx =>
            {
                var taken = (await objects.ListAsync<ElasticAddress>(tx, home, after: null, Most)).Select(one => one.PublicIp).ToHashSet(StringComparer.Ordinal);
                return taken.Count < Most
                    ? await objects.InsertAsync(tx, new ElasticAddress { Home = home, PublicIp = From(start).First(address => !taken.Contains(address)), Tags = tags })
                    : throw NetworkRefused.Limit(NetworkRule.AddressLimit, "The maximum number of addresses has been reached.").AsException();
            },
            cancel);
    }

    /// <summary>Gives an address back. Faults: not found; it leads to something.</summary>
    public Task ReleaseAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var address = await objects.GetAsync<ElasticAddress>(tx, home, id);
            if ((await objects.PartsAsync<AddressAssociation>(tx, home, [id])).Count > 0)
            {
                throw NetworkRefused.Limit(NetworkRule.PublicAddressInUse, $"Address {address.PublicIp} is in use.").AsException();
            }

            await objects.DeleteAsync(tx, address);
        },
        cancel);

    /// <summary>
    /// Has an address lead to the interface of an instance, or to an interface. Faults: not found; either leads or is led to by another,
    /// and that is not to be changed; the VPC has no internet gateway.
    /// </summary>
    public Task<AddressAssociation> AssociateAsync(RegistryId home, string id, AddressTarget target, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var address = await objects.GetAsync<ElasticAddress>(tx, home, id);
            var to = await FindInterfaceAsync(tx, home, target);
            if ((await objects.OfVpcAsync<InternetGateway>(tx, home, to.VpcId!)).Count == 0)
            {
                throw NetworkRefused.Limit(
                    NetworkRule.NotAttached, $"Network {to.VpcId} is not attached to any internet gateway").AsException();
            }

            foreach (var there in await StandingInTheWayAsync(tx, home, id, to.Id))
            {
                if (!target.AllowsReassociation || there.InstanceId is null)
                {
                    throw NetworkRefused.AlreadyAttached($"resource {id} is already associated with associate-id {there.Id}").AsException();
                }

                await objects.DeleteAsync(tx, there);
            }

            return await LeadAsync(tx, address, to);
        },
        cancel);

    /// <summary>Has an address lead nowhere. Faults: not found; it is a NAT gateway's.</summary>
    public Task DisassociateAsync(RegistryId home, string associationId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var there = await objects.GetAsync<AddressAssociation>(tx, home, associationId);
            if (there.InstanceId is null)
            {
                throw NetworkRefused.Invalid("You do not have permission to disassociate the address of a service's network interface.").AsException();
            }

            await objects.DeleteAsync(tx, there);
        },
        cancel);

    /// <summary>The associations of addresses, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, AddressAssociation>> AssociationsAsync(RowReader rows, RegistryId home, IReadOnlyCollection<string> addresses) =>
        (await objects.PartsAsync<AddressAssociation>(rows, home, addresses)).ToDictionary(one => one.ParentId!, StringComparer.Ordinal);

    internal Task<AddressAssociation> LeadAsync(Transaction tx, ElasticAddress address, NetworkInterface to) => objects.InsertAsync(tx, new AddressAssociation
    {
        Home = address.Home,
        VpcId = to.VpcId,
        ParentId = address.Id,
        InterfaceId = to.Id,
        InstanceId = to.ParentId is { } owner && NetworkKind.Instance.IsId(owner) ? owner : null,
        PrivateAddress = to.PrivateAddress,
    });

    private async Task<NetworkInterface> FindInterfaceAsync(Transaction tx, RegistryId home, AddressTarget target)
    {
        var id = target.InterfaceId;
        if (target.InstanceId is { } instanceId)
        {
            var instance = await objects.GetAsync<Instance>(tx, home, instanceId);
            id = instance.IsRunning
                ? instance.InterfaceId
                : throw NetworkRefused.State($"The pending-instance-creation instance to which '{instanceId}' refers is not in a valid state for this operation.").AsException();
        }

        var found = await objects.GetAsync<NetworkInterface>(tx, home, id!);
        return target.PrivateAddress is { } wanted && !string.Equals(wanted, found.PrivateAddress, StringComparison.Ordinal)
            ? throw NetworkRefused.Invalid($"Invalid value '{wanted}' for PrivateIpAddress. Address does not belong to the network interface.").AsException()
            : found;
    }

    private async Task<IEnumerable<AddressAssociation>> StandingInTheWayAsync(Transaction tx, RegistryId home, string address, string to) =>
        (await objects.PartsAsync<AddressAssociation>(tx, home, [address]))
            .Concat(await objects.ReferringAsync<AddressAssociation>(tx, home, to))
            .DistinctBy(one => one.Id, StringComparer.Ordinal);

    private static IEnumerable<string> From(int start)
    {
        var all = Ranges.SelectMany(range => Enumerable.Range(0, (int)range.Size).Select(place => Cidr.ToAddress(range.At(place)))).ToArray();
        return all.Skip(start).Concat(all.Take(start));
    }
}

/// <summary>Where an elastic address shall lead: to an instance or an interface.</summary>
public sealed record AddressTarget(string? InstanceId, string? InterfaceId, string? PrivateAddress, bool AllowsReassociation);
