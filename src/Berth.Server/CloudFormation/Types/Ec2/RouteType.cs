using Berth.Network;
using Berth.Server.Ec2.Routing;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A route of a route table. Its table and destination make it; its target may change.</summary>
internal sealed class RouteType(Ec2Calls ec2) : ResourceType<RouteType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        [Refused("there are no carrier gateways")]
        public string? CarrierGatewayId { get; init; }

        [Refused("there are no core networks")]
        public string? CoreNetworkArn { get; init; }

        [CreateOnly]
        public string? DestinationCidrBlock { get; init; }

        [CreateOnly]
        public string? DestinationIpv6CidrBlock { get; init; }

        [Refused("a prefix list's route comes with its endpoint")]
        public string? DestinationPrefixListId { get; init; }

        [Refused("networks here have no IPv6 addresses")]
        public string? EgressOnlyInternetGatewayId { get; init; }

        public string? GatewayId { get; init; }

        public string? InstanceId { get; init; }

        [Refused("there are no local gateways")]
        public string? LocalGatewayId { get; init; }

        public string? NatGatewayId { get; init; }

        public string? NetworkInterfaceId { get; init; }

        [CreateOnly]
        public required string RouteTableId { get; init; }

        [Refused("there are no transit gateways")]
        public string? TransitGatewayId { get; init; }

        [Refused("a gateway endpoint makes its routes by itself")]
        public string? VpcEndpointId { get; init; }

        [Refused("VPCs are not peered")]
        public string? VpcPeeringConnectionId { get; init; }

        public string Destination => DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? "";

        public string? Target => GatewayId ?? NatGatewayId ?? InstanceId ?? NetworkInterfaceId;
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::Route";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["CidrBlock"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        if (!(work.IsRetry && await IsThereAsync(work, properties, cancel)))
        {
            await Calls.DoAsync(work, ToCreate(properties), cancel);
        }

        return ResourceProgress.Done($"{properties.RouteTableId}|{properties.Destination}", new() { ["CidrBlock"] = properties.Destination });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        if (change.Differs(one => one.Target))
        {
            await Calls.DoAsync(work, ToReplace(change.After), cancel);
        }

        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) => ec2.TakeAsync(
        work,
        new DeleteRoute.Request
        {
            RouteTableId = properties.RouteTableId,
            DestinationCidrBlock = properties.DestinationCidrBlock,
            DestinationIpv6CidrBlock = properties.DestinationIpv6CidrBlock,
        },
        cancel);

    // A route has no tags: one to the same target that is there at a retry is what was asked for.
    private async Task<bool> IsThereAsync(ResourceWork work, Model wanted, CancellationToken cancel) =>
        (await ec2.FindAsync<RouteTable>(work, wanted.RouteTableId, cancel))?.Routes
            .Any(route => SameValues.Are((route.Destination, route.Target), (wanted.Destination, wanted.Target))) ?? false;

    private static CreateRoute.Request ToCreate(Model wanted) => new()
    {
        RouteTableId = wanted.RouteTableId,
        DestinationCidrBlock = wanted.DestinationCidrBlock,
        DestinationIpv6CidrBlock = wanted.DestinationIpv6CidrBlock,
        GatewayId = wanted.GatewayId,
        NatGatewayId = wanted.NatGatewayId,
        InstanceId = wanted.InstanceId,
        NetworkInterfaceId = wanted.NetworkInterfaceId,
    };

    private static ReplaceRoute.Request ToReplace(Model wanted) => new()
    {
        RouteTableId = wanted.RouteTableId,
        DestinationCidrBlock = wanted.DestinationCidrBlock,
        DestinationIpv6CidrBlock = wanted.DestinationIpv6CidrBlock,
        GatewayId = wanted.GatewayId,
        NatGatewayId = wanted.NatGatewayId,
        InstanceId = wanted.InstanceId,
        NetworkInterfaceId = wanted.NetworkInterfaceId,
    };
}
