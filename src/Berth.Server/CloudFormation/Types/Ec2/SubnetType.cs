using System.Text.Json.Nodes;
using Berth.Network;
using Berth.Server.Ec2.Subnets;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A subnet of a VPC.</summary>
internal sealed class SubnetType(Ec2Calls ec2) : ResourceType<SubnetType.Model>(ec2.Calls)
{
    private const string NoIpv6 = "networks here have no IPv6 addresses";

    internal sealed record Model
    {
        [Refused(NoIpv6)]
        public bool? AssignIpv6AddressOnCreation { get; init; }

        [CreateOnly]
        public string? AvailabilityZone { get; init; }

        [Refused("zones are named by AvailabilityZone")]
        public string? AvailabilityZoneId { get; init; }

        [CreateOnly]
        public required string CidrBlock { get; init; }

        [Refused(NoIpv6)]
        public bool? EnableDns64 { get; init; }

        [Refused(NoIpv6)]
        public string? Ipv6CidrBlock { get; init; }

        [Refused(NoIpv6)]
        public bool? Ipv6Native { get; init; }

        public bool? MapPublicIpOnLaunch { get; init; }

        [Refused("there are no Outposts")]
        public string? OutpostArn { get; init; }

        [Inert]
        public JsonObject? PrivateDnsNameOptionsOnLaunch { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [CreateOnly]
        public required string VpcId { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::Subnet";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["SubnetId", "AvailabilityZone", "CidrBlock", "VpcId", "Ipv6CidrBlocks"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<Subnet>(work, cancel))?.Id ?? await CreateAsync(work, properties, cancel);
        var subnet = await ec2.GetAsync<Subnet>(work, id, cancel);
        var attributes = new JsonObject
        {
            ["SubnetId"] = id,
            ["AvailabilityZone"] = subnet.Zone,
            ["CidrBlock"] = subnet.Cidr,
            ["VpcId"] = subnet.VpcId,
            ["Ipv6CidrBlocks"] = new JsonArray(),
        };
        return await FinishAsync(new(id, attributes), () => properties.MapPublicIpOnLaunch is { } maps ? MapAsync(work, id, maps, cancel) : Task.CompletedTask);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        if (change.Differs(one => one.MapPublicIpOnLaunch))
        {
            await MapAsync(work, state.PhysicalId, change.After.MapPublicIpOnLaunch ?? false, cancel);
        }

        await ec2.TagAsync(work, state.PhysicalId, new(change.Before.Tags, change.After.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new DeleteSubnet.Request { SubnetId = state.PhysicalId }, cancel);

    private async Task<string> CreateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateSubnet.Request
        {
            VpcId = properties.VpcId,
            CidrBlock = properties.CidrBlock,
            AvailabilityZone = properties.AvailabilityZone,
            TagSpecifications = Ec2Calls.TagsOf(work, Subnet.Type, properties.Tags),
        };
        return (await Calls.CallAsync<CreateSubnet.Response>(work, request, cancel)).Subnet.SubnetId;
    }

    private Task MapAsync(ResourceWork work, string id, bool maps, CancellationToken cancel) =>
        Calls.DoAsync(work, new ModifySubnetAttribute.Request { SubnetId = id, MapPublicIpOnLaunch = new() { Value = maps } }, cancel);
}
