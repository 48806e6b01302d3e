using System.Text.Json.Nodes;
using Berth.Network;
using Berth.Server.Ec2.Gateways;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A NAT gateway, which is there at once.</summary>
internal sealed class NatGatewayType(Ec2Calls ec2) : ResourceType<NatGatewayType.Model>(ec2.Calls)
{
    private const string OneAddress = "a NAT gateway has one address here";

    internal sealed record Model
    {
        [CreateOnly]
        public string? AllocationId { get; init; }

        [CreateOnly]
        public string? ConnectivityType { get; init; }

        [Inert]
        public int? MaxDrainDurationSeconds { get; init; }

        [CreateOnly]
        public string? PrivateIpAddress { get; init; }

        [Refused(OneAddress)]
        public JsonArray? SecondaryAllocationIds { get; init; }

        [Refused(OneAddress)]
        public int? SecondaryPrivateIpAddressCount { get; init; }

        [Refused(OneAddress)]
        public JsonArray? SecondaryPrivateIpAddresses { get; init; }

        [CreateOnly]
        public required string SubnetId { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::NatGateway";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["NatGatewayId", "EniId"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<NatGateway>(work, cancel))?.Id ?? await CreateAsync(work, properties, cancel);
        var gateway = await ec2.GetAsync<NatGateway>(work, id, cancel);
        return ResourceProgress.Done(id, new() { ["NatGatewayId"] = id, ["EniId"] = gateway.InterfaceId });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        await ec2.TagAsync(work, state.PhysicalId, new(change.Before.Tags, change.After.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new DeleteNatGateway.Request { NatGatewayId = state.PhysicalId }, cancel);

    private async Task<string> CreateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateNatGateway.Request
        {
            SubnetId = properties.SubnetId,
            AllocationId = properties.AllocationId,
            ConnectivityType = properties.ConnectivityType,
            PrivateIpAddress = properties.PrivateIpAddress,
            TagSpecifications = Ec2Calls.TagsOf(work, NatGateway.Type, properties.Tags),
        };
        return (await Calls.CallAsync<CreateNatGateway.Response>(work, request, cancel)).NatGateway.NatGatewayId;
    }
}
