using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>
/// Instances. To run one is to give it a place in a subnet and, with an instance profile, to register it as a machine that is handed the
/// profile's role: what it runs on, and that it runs, is its operator's business.
/// </summary>
public sealed class Instances(NetworkObjects objects, NetworkInterfaces interfaces, Machines machines)
{
    private static readonly TimeSpan ShownAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// Registers instances; a request that comes again with its client token gives the first ones. Faults: not found, for the subnet, a
    /// group or the profile; too few addresses; the wanted address is taken.
    /// </summary>
    public Task<IReadOnlyList<Instance>> RunAsync(NewInstances asked, CancellationToken cancel) => objects.WriteAsync(tx => RunAsync(tx, asked), cancel);

    /// <summary>
    /// Ends instances, all or none: their machines are revoked and their addresses free again at once. Those that are over stay so. Gives
    /// them as they were. Faults: not found; one is protected.
    /// </summary>
    public Task<IReadOnlyList<Instance>> TerminateAsync(RegistryId home, IReadOnlyList<string> ids, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var all = await objects.GetAllAsync<Instance>(tx, home, [.. ids.Distinct(StringComparer.Ordinal)]);
            foreach (var instance in all.Where(instance => instance.IsRunning))
            {
                if (instance.IsProtected)
                {
                    throw NetworkRefused.Protected(instance.Id).AsException();
                }

                await objects.DeletePartsAsync(tx, instance.Id);
                await machines.RevokeAsync(tx, home, instance.Id);
                var now = objects.Now;
                await objects.UpdateAsync(tx, instance with { State = Instance.Terminated, TerminatedAt = now, GoneAt = now + ShownAfter });
            }

            return all;
        },
        cancel);

    /// <summary>The instance of that id, or null.</summary>
    public Task<Instance?> FindAsync(RegistryId home, string id, CancellationToken cancel) =>
        objects.ReadAsync(rows => objects.FindAsync<Instance>(rows, home, id), cancel);

    private async Task<IReadOnlyList<Instance>> RunAsync(Transaction tx, NewInstances asked)
    {
        if (await objects.MadeByAsync<Instance>(tx, asked.Home, asked.Like.ClientToken, asked.Like.RequestPrint) is { Count: > 0 } made)
        {
            return made;
        }

        var subnet = await objects.GetAsync<Subnet>(tx, asked.Home, asked.Like.SubnetId);
        var taken = (await SubnetAddresses.CountAsync(tx, [subnet.Id])).GetValueOrDefault(subnet.Id);
        var count = (int)Math.Min(asked.Most, Cidr.Parse(subnet.Cidr).Usable - taken);
        if (count < asked.Least)
        {
            throw NetworkRefused.NoFreeAddress(subnet.Id).AsException();
        }

        var groups = asked.Like.GroupIds is { Count: > 0 } given ? given : [await DefaultGroupAsync(tx, subnet)];
        var like = asked.Like with { Home = asked.Home, VpcId = subnet.VpcId, Zone = subnet.Zone, GroupIds = groups, ReservationId = objects.Ids.NewReservationId() };
        var all = new List<Instance>();
        for (var i = 0; i < count; i++)
        {
            all.Add(await RunAsync(tx, asked, subnet, like with { LaunchIndex = i }));
        }

        return all;
    }

    private async Task<Instance> RunAsync(Transaction tx, NewInstances asked, Subnet subnet, Instance like)
    {
        var instance = await objects.InsertAsync(tx, like);
        var own = await interfaces.CreateAsync(tx, subnet, InterfaceOf(instance, asked.InterfaceTags), asked.PrivateAddress);
        instance = instance with { InterfaceId = own.Id, PrivateAddress = own.PrivateAddress };
        if (asked.Profile is { } profile)
        {
            var machine = await machines.RegisterAsync(tx, new(asked.Home, profile.Name)
            {
                InstanceId = instance.Id,
                PrivateAddress = own.PrivateAddress,
                VpcId = subnet.VpcId,
            });
            instance = instance with
            {
                ProfileArn = profile.Arn,
                ProfileId = machine.ProfileId,
                ProfileAssociationId = "iip-assoc-" + objects.Ids.NewGuid().ToString("N")[^17..],
            };
        }

        await objects.UpdateAsync(tx, instance);
        return instance;
    }

    private async Task<string> DefaultGroupAsync(Transaction tx, Subnet subnet) =>
        (await objects.OfVpcAsync<SecurityGroup>(tx, subnet.Home, subnet.VpcId!)).Single(group => group.Name is SecurityGroup.Default).Id;

    private NetworkInterface InterfaceOf(Instance instance, IReadOnlyList<NetworkTag> tags) => new()
    {
        ParentId = instance.Id,
        SubnetId = instance.SubnetId,
        Zone = instance.Zone,
        PrivateAddress = "",
        GroupIds = instance.GroupIds,
        AttachmentId = "eni-attach-" + objects.Ids.NewGuid().ToString("N")[^17..],
        Tags = tags,
    };
}

/// <summary>Instances that are asked for.</summary>
/// <param name="Home">Whose, and where.</param>
/// <param name="Like">What all of them are like.</param>
/// <param name="Least">How many it must be.</param>
/// <param name="Most">How many it may be.</param>
public sealed record NewInstances(RegistryId Home, Instance Like, int Least, int Most)
{
    /// <summary>The instance profile; null for instances that are handed no role.</summary>
    public Entity? Profile { get; init; }

    /// <summary>The address of a single one, or null.</summary>
    public string? PrivateAddress { get; init; }

    /// <summary>The tags of the network interfaces that come with them.</summary>
    public IReadOnlyList<NetworkTag> InterfaceTags { get; init; } = [];
}
