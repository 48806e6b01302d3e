using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Internet gateways. One is attached to one VPC at most, and a VPC has one at most.</summary>
public sealed class InternetGateways(NetworkObjects objects)
{
    /// <summary>Makes a gateway that is attached to nothing.</summary>
    public Task<InternetGateway> CreateAsync(InternetGateway made, CancellationToken cancel) =>
        objects.WriteAsync(tx => objects.InsertAsync(tx, made), cancel);

    /// <summary>Attaches a gateway to a VPC. Faults: not found, <see cref="NetworkRule.AlreadyAssociated"/>.</summary>
    public Task AttachAsync(RegistryId home, string id, string vpcId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var gateway = await objects.GetAsync<InternetGateway>(tx, home, id);
            var vpc = await objects.GetAsync<Vpc>(tx, home, vpcId);
            if (gateway.VpcId is { } other)
            {
                throw NetworkRefused.AlreadyAttached($"resource {id} is already attached to network {other}").AsException();
            }

            if ((await objects.OfVpcAsync<InternetGateway>(tx, home, vpc.Id)).Count > 0)
            {
                throw NetworkRefused.Invalid($"Network {vpcId} already has an internet gateway attached").AsException();
            }

            await objects.UpdateAsync(tx, gateway with { VpcId = vpc.Id });
        },
        cancel);

    /// <summary>Detaches a gateway; routes to it lead nowhere then. Faults: not found, <see cref="NetworkRule.NotAttached"/>.</summary>
    public Task DetachAsync(RegistryId home, string id, string vpcId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var gateway = await objects.GetAsync<InternetGateway>(tx, home, id);
            await objects.GetAsync<Vpc>(tx, home, vpcId);
            if (!string.Equals(gateway.VpcId, vpcId, StringComparison.Ordinal))
            {
                throw NetworkRefused.NotAttached(id, vpcId).AsException();
            }

            await objects.UpdateAsync(tx, gateway with { VpcId = null });
        },
        cancel);

    /// <summary>Deletes a gateway that is not attached. Faults: not found, <see cref="NetworkObjectInUse"/>.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var gateway = await objects.GetAsync<InternetGateway>(tx, home, id);
            if (gateway.VpcId is not null)
            {
                throw new NetworkObjectInUse(NetworkKind.InternetGateway, id).AsException();
            }

            await objects.DeleteAsync(tx, gateway);
        },
        cancel);
}
