using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>VPCs. Each begins with a security group named <c>default</c> and a main route table; nobody has a VPC by default.</summary>
public sealed class Vpcs(NetworkObjects objects, SecurityGroups groups)
{
    /// <summary>Makes a VPC. Fault: its block is too large or too small.</summary>
    public Task<Vpc> CreateAsync(Vpc made, CancellationToken cancel)
    {
        var cidr = Cidr.Parse(made.Cidr);
        if (!cidr.IsOfNetworkSize)
        {
            throw NetworkRefused.VpcRange(made.Cidr).AsException();
        }

        return objects.WriteAsync(
            async tx =>
            {
                var vpc = await objects.InsertAsync(tx, made with { Cidr = cidr.ToString() });
                await MakeDefaultGroupAsync(tx, vpc);
                await MakeMainTableAsync(tx, vpc);
                return vpc;
            },
            cancel);
    }

    /// <summary>Changes what of a VPC can be changed. Faults as <see cref="NetworkObjects.GetAsync"/>.</summary>
    public Task ChangeAsync(RegistryId home, string id, Func<Vpc, Vpc> change, CancellationToken cancel) => objects.WriteAsync(
        async tx => await objects.UpdateAsync(tx, change(await objects.GetAsync<Vpc>(tx, home, id))), cancel);

    /// <summary>Deletes a VPC with what it began with. Faults: not found, <see cref="NetworkObjectInUse"/>.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var vpc = await objects.GetAsync<Vpc>(tx, home, id);
            var others = await tx.FindAsync<long?>(
                """
                SELECT 1 FROM network_object
                 WHERE vpc_id = @id AND kind NOT IN ('security-group', 'security-group-rule', 'route-table', 'route-table-association')
                """,
                new { id });
            var all = await objects.OfVpcAsync<SecurityGroup>(tx, home, id);
            var tables = await objects.OfVpcAsync<RouteTable>(tx, home, id);
            var main = (await objects.PartsAsync<RouteTableAssociation>(tx, home, [.. tables.Select(table => table.Id)])).Single(one => one.SubnetId is null);
            if (others is not null || all.Count > 1 || tables.Count > 1)
            {
                throw new NetworkObjectInUse(NetworkKind.Vpc, id).AsException();
            }

            await objects.DeleteAsync(tx, all[0]);
            await objects.DeleteAsync(tx, tables.Single(table => string.Equals(table.Id, main.ParentId, StringComparison.Ordinal)));
            await objects.DeleteAsync(tx, vpc);
        },
        cancel);

    private async Task MakeDefaultGroupAsync(Transaction tx, Vpc vpc)
    {
        var group = await groups.CreateAsync(
            tx, new() { Home = vpc.Home, VpcId = vpc.Id, Name = SecurityGroup.Default, Description = "default VPC security group" });
        await objects.InsertAsync(
            tx, new SecurityGroupRule { Home = vpc.Home, VpcId = vpc.Id, ParentId = group.Id, Protocol = "-1", PeerGroupId = group.Id });
    }

    private async Task MakeMainTableAsync(Transaction tx, Vpc vpc)
    {
        var table = await objects.InsertAsync(tx, RouteTables.New(vpc));
        await objects.InsertAsync(tx, new RouteTableAssociation { Home = vpc.Home, VpcId = vpc.Id, ParentId = table.Id });
    }
}
