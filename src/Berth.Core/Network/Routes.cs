using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The routes of route tables. The target of one may go; then it leads nowhere, and is there until somebody takes it away.</summary>
public sealed class Routes(NetworkObjects objects)
{
    private const int Most = 50;

    /// <summary>Adds a route. Faults: not found; the destination has one; the target is of another VPC.</summary>
    public Task AddAsync(RegistryId home, string tableId, Route route, CancellationToken cancel) => ChangeAsync(
        home,
        tableId,
        async (tx, table) =>
        {
            await CheckTargetAsync(tx, table, route.Target);
            if (table.Routes.Any(there => IsTo(there, route.Destination)))
            {
                throw NetworkRefused.RouteExists(route.Destination).AsException();
            }

            return table.Routes.Count < Most
                ? [.. table.Routes, route]
                : throw NetworkRefused.Limit(NetworkRule.RoutesLimit, "The maximum number of routes has been reached.").AsException();
        },
        cancel);

    /// <summary>Gives a route another target. Faults: not found; it is the local one.</summary>
    public Task ReplaceAsync(RegistryId home, string tableId, Route route, CancellationToken cancel) => ChangeAsync(
        home,
        tableId,
        async (tx, table) =>
        {
            var there = Find(table, route.Destination);
            await CheckTargetAsync(tx, table, route.Target);
            return [.. table.Routes.Select(one => one == there ? route with { Origin = one.Origin } : one)];
        },
        cancel);

    /// <summary>Takes a route away. Faults: not found; it is the local one.</summary>
    public Task RemoveAsync(RegistryId home, string tableId, string destination, CancellationToken cancel) => ChangeAsync(
        home,
        tableId,
        (_, table) =>
        {
            var there = Find(table, destination);
            return Task.FromResult<IReadOnlyList<Route>>([.. table.Routes.Where(one => one != there)]);
        },
        cancel);

    /// <summary>The targets of routes that lead somewhere.</summary>
    public async Task<IReadOnlySet<string>> LiveTargetsAsync(RowReader rows, RegistryId home, IEnumerable<RouteTable> tables)
    {
        var all = tables.SelectMany(table => table.Routes).Select(route => route.Target).ToHashSet(StringComparer.Ordinal);
        var present = (await objects.PresentAsync(rows, home, all)).ToHashSet(StringComparer.Ordinal);
        foreach (var gateway in await objects.GetAllAsync<InternetGateway>(rows, home, [.. present.Where(NetworkKind.InternetGateway.IsId)]))
        {
            if (gateway.VpcId is null)
            {
                present.Remove(gateway.Id);
            }
        }

        present.Add(Route.Local);
        return present;
    }

    private Task ChangeAsync(
        RegistryId home, string tableId, Func<Transaction, RouteTable, Task<IReadOnlyList<Route>>> change, CancellationToken cancel) =>
        objects.WriteAsync(
            async tx =>
            {
                var table = await objects.GetAsync<RouteTable>(tx, home, tableId);
                await objects.UpdateAsync(tx, table with { Routes = await change(tx, table) });
            },
            cancel);

    private static Route Find(RouteTable table, string destination) =>
        table.Routes.FirstOrDefault(there => IsTo(there, destination)) switch
        {
            null => throw NetworkRefused.RouteNotFound(table.Id, destination).AsException(),
            { Target: Route.Local } => throw NetworkRefused.Invalid($"cannot remove local route {destination} in route table {table.Id}").AsException(),
            var route => route,
        };

    private static bool IsTo(Route route, string destination) => string.Equals(route.Destination, destination, StringComparison.Ordinal);

    private async Task CheckTargetAsync(Transaction tx, RouteTable table, string target)
    {
        NetworkObject found = NetworkKind.OfId(target) switch
        {
            var kind when kind == NetworkKind.InternetGateway => await objects.GetAsync<InternetGateway>(tx, table.Home, target),
            var kind when kind == NetworkKind.NatGateway => await objects.GetAsync<NatGateway>(tx, table.Home, target),
            var kind when kind == NetworkKind.Instance => await objects.GetAsync<Instance>(tx, table.Home, target),
            var kind when kind == NetworkKind.NetworkInterface => await objects.GetAsync<NetworkInterface>(tx, table.Home, target),
            _ => throw NetworkRefused.NoSuchId(target).AsException(),
        };
        if (!string.Equals(found.VpcId, table.VpcId, StringComparison.Ordinal))
        {
            var what = found is InternetGateway ? "network gateway" : found.Kind.Noun;
            throw NetworkRefused.Invalid($"route table {table.Id} and {what} {target} belong to different networks").AsException();
        }
    }
}
