using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The subnets of VPCs.</summary>
public sealed class Subnets(NetworkObjects objects)
{
    /// <summary>Makes a subnet. Faults: no such VPC; a block that is not within the VPC's, or has addresses in common with another's.</summary>
    public Task<Subnet> CreateAsync(Subnet made, CancellationToken cancel)
    {
        var cidr = Cidr.Parse(made.Cidr);
        return objects.WriteAsync(
            async tx =>
            {
                var vpc = await objects.GetAsync<Vpc>(tx, made.Home, made.VpcId!);
                if (!cidr.IsOfNetworkSize || !Cidr.Parse(vpc.Cidr).Contains(cidr))
                {
                    throw NetworkRefused.SubnetRange(made.Cidr).AsException();
                }

                var others = await objects.OfVpcAsync<Subnet>(tx, made.Home, vpc.Id);
                return others.Any(other => Cidr.Parse(other.Cidr).Overlaps(cidr))
                    ? throw NetworkRefused.SubnetConflict(made.Cidr).AsException()
                    : await objects.InsertAsync(tx, made with { Cidr = cidr.ToString() });
            },
            cancel);
    }

    /// <summary>Changes whether what is started in a subnet gets a public address.</summary>
    public Task ChangeAsync(RegistryId home, string id, Func<Subnet, Subnet> change, CancellationToken cancel) => objects.WriteAsync(
        async tx => await objects.UpdateAsync(tx, change(await objects.GetAsync<Subnet>(tx, home, id))), cancel);

    /// <summary>Deletes a subnet with its association to a route table. Faults: not found, <see cref="NetworkObjectInUse"/>.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx => await objects.DeleteAsync(tx, await objects.GetAsync<Subnet>(tx, home, id)), cancel);
}
