using Berth.Network;
using Berth.Server.Ec2.Addresses;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>An elastic address. <c>Ref</c> gives the address, the attribute AllocationId what EC2 knows it by.</summary>
internal sealed class EipType(Ec2Calls ec2) : ResourceType<EipType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        [Refused("addresses are given, not chosen")]
        public string? Address { get; init; }

        [CreateOnly]
        public string? Domain { get; init; }

        public string? InstanceId { get; init; }

        [Refused("there are no pools of addresses")]
        public string? IpamPoolId { get; init; }

        [Refused("there are no network border groups")]
        public string? NetworkBorderGroup { get; init; }

        [Refused("there are no pools of addresses")]
        public string? PublicIpv4Pool { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [Refused("addresses are not handed from account to account")]
        public string? TransferAddress { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::EIP";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["AllocationId", "PublicIp"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var (id, address) = await ec2.FindMadeAsync<ElasticAddress>(work, cancel) is { } earlier
            ? (earlier.Id, earlier.PublicIp)
            : await AllocateAsync(work, properties, cancel);
        return await FinishAsync(
            new(address, new() { ["AllocationId"] = id, ["PublicIp"] = address }),
            () => properties.InstanceId is { } instance ? AssociateAsync(work, id, instance, cancel) : Task.CompletedTask);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var id = AllocationOf(state);
        if (change.Differs(one => one.InstanceId))
        {
            await DisassociateAsync(work, id, cancel);
            if (change.After.InstanceId is { } instance)
            {
                await AssociateAsync(work, id, instance, cancel);
            }
        }

        await ec2.TagAsync(work, id, new(change.Before.Tags, change.After.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        if (properties.InstanceId is not null)
        {
            await DisassociateAsync(work, AllocationOf(state), cancel);
        }

        await ec2.TakeAsync(work, new ReleaseAddress.Request { AllocationId = AllocationOf(state) }, cancel);
    }

    private async Task<(string Id, string Address)> AllocateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new AllocateAddress.Request
        {
            Domain = properties.Domain,
            TagSpecifications = Ec2Calls.TagsOf(work, ElasticAddress.Type, properties.Tags),
        };
        var made = await Calls.CallAsync<AllocateAddress.Response>(work, request, cancel);
        return (made.AllocationId, made.PublicIp);
    }

    private Task AssociateAsync(ResourceWork work, string id, string instance, CancellationToken cancel) =>
        Calls.DoAsync(work, new AssociateAddress.Request { AllocationId = id, InstanceId = instance, AllowReassociation = true }, cancel);

    private async Task DisassociateAsync(ResourceWork work, string id, CancellationToken cancel)
    {
        foreach (var association in await ec2.PartsAsync<AddressAssociation>(work, id, cancel))
        {
            await ec2.TakeAsync(work, new DisassociateAddress.Request { AssociationId = association.Id }, cancel);
        }
    }

    private static string AllocationOf(ResourceState state) => (string?)state.Attributes["AllocationId"] ?? "";
}
