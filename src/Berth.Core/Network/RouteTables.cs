using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Route tables, and which subnet has which. A VPC's main one is that of all subnets that have none of their own.</summary>
public sealed class RouteTables(NetworkObjects objects)
{
    /// <summary>Makes a route table with the local route.</summary>
    public Task<RouteTable> CreateAsync(RegistryId home, string vpcId, RouteTable like, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            if (await objects.MadeByAsync<RouteTable>(tx, home, like.ClientToken, like.RequestPrint) is [var made])
            {
                return made;
            }

            var table = New(await objects.GetAsync<Vpc>(tx, home, vpcId));
            return await objects.InsertAsync(
                tx, table with { Tags = like.Tags, ClientToken = like.ClientToken, RequestPrint = like.RequestPrint });
        },
        cancel);

    /// <summary>Deletes a route table. Faults: not found; it is the main one or a subnet's.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var table = await objects.GetAsync<RouteTable>(tx, home, id);
            if ((await objects.PartsAsync<RouteTableAssociation>(tx, home, [id])).Count > 0)
            {
                throw new NetworkObjectInUse(NetworkKind.RouteTable, id).AsException();
            }

            await objects.DeleteAsync(tx, table);
        },
        cancel);

    /// <summary>Makes a table a subnet's, and gives the association. Faults: not found; of different VPCs; the subnet has another.</summary>
    public Task<RouteTableAssociation> AssociateAsync(RegistryId home, string tableId, string subnetId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var table = await objects.GetAsync<RouteTable>(tx, home, tableId);
            var subnet = await objects.GetAsync<Subnet>(tx, home, subnetId);
            RefuseOtherVpc(table, subnet);
            return await objects.ReferringAsync<RouteTableAssociation>(tx, home, subnetId) is [var there]
                ? string.Equals(there.ParentId, tableId, StringComparison.Ordinal)
                    ? there
                    : throw NetworkRefused.AlreadyAttached(
                        $"The specified association for route table {tableId} conflicts with an existing association").AsException()
                : await InsertAsync(tx, table, subnetId);
        },
        cancel);

    /// <summary>Takes a table from its subnet, which has the main one again. Faults: not found; it is the main association.</summary>
    public Task DisassociateAsync(RegistryId home, string associationId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var there = await objects.GetAsync<RouteTableAssociation>(tx, home, associationId);
            if (there.SubnetId is null)
            {
                throw NetworkRefused.Invalid($"cannot disassociate the main route table association {associationId}").AsException();
            }

            await objects.DeleteAsync(tx, there);
        },
        cancel);

    /// <summary>Gives a subnet another table, or a VPC another main one; the association is a new one.</summary>
    public Task<RouteTableAssociation> ReplaceAsync(RegistryId home, string associationId, string tableId, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var there = await objects.GetAsync<RouteTableAssociation>(tx, home, associationId);
            var table = await objects.GetAsync<RouteTable>(tx, home, tableId);
            RefuseOtherVpc(table, there);
            await objects.DeleteAsync(tx, there);
            return await InsertAsync(tx, table, there.SubnetId);
        },
        cancel);

    /// <summary>The associations of tables.</summary>
    public async Task<ILookup<string, RouteTableAssociation>> AssociationsAsync(RowReader rows, RegistryId home, IReadOnlyCollection<string> tables) =>
        (await objects.PartsAsync<RouteTableAssociation>(rows, home, tables)).ToLookup(one => one.ParentId!, StringComparer.Ordinal);

    internal static RouteTable New(Vpc vpc) => new()
    {
        Home = vpc.Home,
        VpcId = vpc.Id,
        Routes = [new(vpc.Cidr, Route.Local) { Origin = "CreateRouteTable" }],
    };

    private Task<RouteTableAssociation> InsertAsync(Transaction tx, RouteTable table, string? subnetId) => objects.InsertAsync(
        tx, new RouteTableAssociation { Home = table.Home, VpcId = table.VpcId, ParentId = table.Id, SubnetId = subnetId });

    private static void RefuseOtherVpc(RouteTable table, NetworkObject other)
    {
        if (!string.Equals(table.VpcId, other.VpcId, StringComparison.Ordinal))
        {
            throw NetworkRefused.Invalid($"route table {table.Id} and {other.Kind.Noun} {other.Id} belong to different networks").AsException();
        }
    }
}
