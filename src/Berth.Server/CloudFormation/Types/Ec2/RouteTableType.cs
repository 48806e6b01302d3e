using Berth.Network;
using Berth.Server.Ec2.Routing;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A route table with the local route.</summary>
internal sealed class RouteTableType(Ec2Calls ec2) : ResourceType<RouteTableType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [CreateOnly]
        public required string VpcId { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::RouteTable";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["RouteTableId"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateRouteTable.Request
        {
            VpcId = properties.VpcId,
            TagSpecifications = Ec2Calls.TagsOf(work, RouteTable.Type, properties.Tags),
        };
        var id = (await ec2.FindMadeAsync<RouteTable>(work, cancel))?.Id
            ?? (await Calls.CallAsync<CreateRouteTable.Response>(work, request, cancel)).RouteTable.RouteTableId;
        return ResourceProgress.Done(id, new() { ["RouteTableId"] = id });
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
        ec2.TakeAsync(work, new DeleteRouteTable.Request { RouteTableId = state.PhysicalId }, cancel);
}
