using Berth.Network;
using Berth.Server.Ec2.Gateways;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>That an internet gateway is a VPC's.</summary>
internal sealed class VpcGatewayAttachmentType(Ec2Calls ec2) : ResourceType<VpcGatewayAttachmentType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        public required string InternetGatewayId { get; init; }

        [CreateOnly]
        public required string VpcId { get; init; }

        [Refused("there are no VPN gateways")]
        public string? VpnGatewayId { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::VPCGatewayAttachment";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["AttachmentType"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        await AttachAsync(work, properties, cancel);
        return ResourceProgress.Done($"IGW|{properties.VpcId}", new() { ["AttachmentType"] = "IGW" });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        if (change.Differs(one => one.InternetGatewayId))
        {
            await RemoveAsync(work, state, change.Before, cancel);
            await AttachAsync(work, change.After, cancel);
        }

        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) => ec2.TakeAsync(
        work, new DetachInternetGateway.Request { InternetGatewayId = properties.InternetGatewayId, VpcId = properties.VpcId }, cancel);

    // An attachment has no tags: one that is there at a retry is what was asked for.
    private async Task AttachAsync(ResourceWork work, Model wanted, CancellationToken cancel)
    {
        if (work.IsRetry && string.Equals((await ec2.FindAsync<InternetGateway>(work, wanted.InternetGatewayId, cancel))?.VpcId, wanted.VpcId, StringComparison.Ordinal))
        {
            return;
        }

        await Calls.DoAsync(
            work, new AttachInternetGateway.Request { InternetGatewayId = wanted.InternetGatewayId, VpcId = wanted.VpcId }, cancel);
    }
}
