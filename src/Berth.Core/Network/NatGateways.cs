using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>NAT gateways. They are there at once; one that was deleted is shown for an hour.</summary>
public sealed class NatGateways(NetworkObjects objects, NetworkInterfaces interfaces, ElasticAddresses addresses)
{
    private static readonly TimeSpan ShownAfter = TimeSpan.FromHours(1);

    /// <summary>Makes a gateway; a request that comes again with its client token gives the first one. Faults: not found; the address leads elsewhere.</summary>
    /// <param name="made">Its subnet, address, tags and client token.</param>
    /// <param name="wanted">A certain private address, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<NatGateway> CreateAsync(NatGateway made, string? wanted, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            if (await objects.MadeByAsync<NatGateway>(tx, made.Home, made.ClientToken, made.RequestPrint) is [var there])
            {
                return there;
            }

            var subnet = await objects.GetAsync<Subnet>(tx, made.Home, made.SubnetId);
            var address = made.AllocationId is { } id ? await objects.GetAsync<ElasticAddress>(tx, made.Home, id) : null;
            var gateway = await objects.InsertAsync(tx, made with { VpcId = subnet.VpcId });
            var own = await interfaces.CreateAsync(tx, subnet, InterfaceOf(gateway), wanted);
            gateway = gateway with { InterfaceId = own.Id, PrivateAddress = own.PrivateAddress };
            gateway = address is null ? gateway : await LeadAsync(tx, gateway, address, own);
            await objects.UpdateAsync(tx, gateway);
            return gateway;
        },
        cancel);

    /// <summary>Deletes a gateway; its address leads nowhere then. Fault: not found.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var gateway = await objects.GetAsync<NatGateway>(tx, home, id);
            if (gateway.GoneAt is null)
            {
                await objects.DeletePartsAsync(tx, id);
                var now = objects.Now;
                await objects.UpdateAsync(tx, gateway with { LastVpcId = gateway.VpcId, DeletedAt = now, GoneAt = now + ShownAfter });
            }
        },
        cancel);

    private async Task<NatGateway> LeadAsync(Transaction tx, NatGateway gateway, ElasticAddress address, NetworkInterface own)
    {
        if (await objects.PartsAsync<AddressAssociation>(tx, gateway.Home, [address.Id]) is [var there])
        {
            throw NetworkRefused.AlreadyAttached($"Elastic IP address [{address.Id}] is already associated ({there.Id})").AsException();
        }

        return gateway with { AssociationId = (await addresses.LeadAsync(tx, address, own)).Id, PublicIp = address.PublicIp };
    }

    private static NetworkInterface InterfaceOf(NatGateway gateway) => new()
    {
        ParentId = gateway.Id,
        SubnetId = gateway.SubnetId,
        Zone = "",
        PrivateAddress = "",
        Description = $"Interface for NAT Gateway {gateway.Id}",
        InterfaceType = "nat_gateway",
    };
}
