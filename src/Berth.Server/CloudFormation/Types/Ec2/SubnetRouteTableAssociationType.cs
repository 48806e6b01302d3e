using Berth.Network;
using Berth.Server.Ec2.Routing;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>That a route table is a subnet's.</summary>
internal sealed class SubnetRouteTableAssociationType(Ec2Calls ec2) : ResourceType<SubnetRouteTableAssociationType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        public required string RouteTableId { get; init; }

        [CreateOnly]
        public required string SubnetId { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::SubnetRouteTableAssociation";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Id"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        // To associate what is associated gives the same association, so that a retry needs nothing.
        var request = new AssociateRouteTable.Request { RouteTableId = properties.RouteTableId, SubnetId = properties.SubnetId };
        return Done((await Calls.CallAsync<AssociateRouteTable.Response>(work, request, cancel)).AssociationId);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var there = await ec2.ReferringAsync<RouteTableAssociation>(work, change.After.SubnetId, cancel);
        if (there is [var now] && string.Equals(now.ParentId, change.After.RouteTableId, StringComparison.Ordinal))
        {
            return Done(now.Id);
        }

        var request = new ReplaceRouteTableAssociation.Request { AssociationId = state.PhysicalId, RouteTableId = change.After.RouteTableId };
        return Done((await Calls.CallAsync<ReplaceRouteTableAssociation.Response>(work, request, cancel)).NewAssociationId);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new DisassociateRouteTable.Request { AssociationId = state.PhysicalId }, cancel);

    private static ResourceProgress Done(string id) => ResourceProgress.Done(id, new() { ["Id"] = id });
}
