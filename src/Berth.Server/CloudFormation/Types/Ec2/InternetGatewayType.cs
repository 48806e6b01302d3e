using Berth.Network;
using Berth.Server.Ec2.Gateways;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>An internet gateway, attached to nothing yet.</summary>
internal sealed class InternetGatewayType(Ec2Calls ec2) : ResourceType<InternetGatewayType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        public IReadOnlyList<TagProperty>? Tags { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::InternetGateway";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["InternetGatewayId"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateInternetGateway.Request { TagSpecifications = Ec2Calls.TagsOf(work, InternetGateway.Type, properties.Tags) };
        var id = (await ec2.FindMadeAsync<InternetGateway>(work, cancel))?.Id
            ?? (await Calls.CallAsync<CreateInternetGateway.Response>(work, request, cancel)).InternetGateway.InternetGatewayId;
        return ResourceProgress.Done(id, new() { ["InternetGatewayId"] = id });
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
        ec2.TakeAsync(work, new DeleteInternetGateway.Request { InternetGatewayId = state.PhysicalId }, cancel);
}
