using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Network interfaces, which are made by what they are part of.</summary>
public sealed class NetworkInterfaces(NetworkObjects objects)
{
    /// <summary>
    /// Makes the interface of something that has been kept, in a subnet. Faults: no address is free, or the wanted one is not; a group
    /// that is not there, or of another VPC.
    /// </summary>
    /// <param name="tx">The change it belongs to.</param>
    /// <param name="subnet">Where.</param>
    /// <param name="made">What is known of it; its address is chosen here.</param>
    /// <param name="wanted">A certain address, or null.</param>
    public async Task<NetworkInterface> CreateAsync(Transaction tx, Subnet subnet, NetworkInterface made, string? wanted)
    {
        foreach (var group in await objects.GetAllAsync<SecurityGroup>(tx, subnet.Home, made.GroupIds))
        {
            if (!string.Equals(group.VpcId, subnet.VpcId, StringComparison.Ordinal))
            {
                throw NetworkRefused.Limit(
                    NetworkRule.OtherNetwork, $"Security group {group.Id} and subnet {subnet.Id} belong to different networks.").AsException();
            }
        }

        var address = await SubnetAddresses.ChooseAsync(tx, subnet, wanted);
        var kept = await objects.InsertAsync(
            tx, made with { Home = subnet.Home, VpcId = subnet.VpcId, SubnetId = subnet.Id, Zone = subnet.Zone, PrivateAddress = address });
        await SubnetAddresses.TakeAsync(tx, kept);
        return kept;
    }
}
