using System.Text.Json.Nodes;
using Berth.Network;
using Berth.Server.Ec2.Vpcs;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A VPC.</summary>
internal sealed class VpcType(Ec2Calls ec2) : ResourceType<VpcType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        [CreateOnly]
        public required string CidrBlock { get; init; }

        public bool? EnableDnsHostnames { get; init; }

        public bool? EnableDnsSupport { get; init; }

        [CreateOnly]
        public string? InstanceTenancy { get; init; }

        [Refused("there are no pools of addresses")]
        public string? Ipv4IpamPoolId { get; init; }

        [Refused("there are no pools of addresses")]
        public int? Ipv4NetmaskLength { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::VPC";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["VpcId", "CidrBlock", "CidrBlockAssociations", "DefaultSecurityGroup", "Ipv6CidrBlocks"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<Vpc>(work, cancel))?.Id ?? await CreateAsync(work, properties, cancel);
        return await FinishAsync(await StateAsync(work, id, cancel), () => PutAsync(work, id, properties, cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (before, after) = (change.Before, change.After);
        await PutAsync(
            work,
            state.PhysicalId,
            after with
            {
                EnableDnsSupport = after.EnableDnsSupport ?? (before.EnableDnsSupport is null ? null : true),
                EnableDnsHostnames = after.EnableDnsHostnames ?? (before.EnableDnsHostnames is null ? null : false),
            },
            cancel);
        await ec2.TagAsync(work, state.PhysicalId, new(before.Tags, after.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new DeleteVpc.Request { VpcId = state.PhysicalId }, cancel);

    private async Task<string> CreateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateVpc.Request
        {
            CidrBlock = properties.CidrBlock,
            InstanceTenancy = properties.InstanceTenancy,
            TagSpecifications = Ec2Calls.TagsOf(work, Vpc.Type, properties.Tags),
        };
        return (await Calls.CallAsync<CreateVpc.Response>(work, request, cancel)).Vpc.VpcId;
    }

    // EC2 changes one of them a call.
    private async Task PutAsync(ResourceWork work, string id, Model wanted, CancellationToken cancel)
    {
        if (wanted.EnableDnsSupport is { } support)
        {
            await Calls.DoAsync(work, new ModifyVpcAttribute.Request { VpcId = id, EnableDnsSupport = new() { Value = support } }, cancel);
        }

        if (wanted.EnableDnsHostnames is { } names)
        {
            await Calls.DoAsync(work, new ModifyVpcAttribute.Request { VpcId = id, EnableDnsHostnames = new() { Value = names } }, cancel);
        }
    }

    private async Task<ResourceState> StateAsync(ResourceWork work, string id, CancellationToken cancel)
    {
        var vpc = await ec2.GetAsync<Vpc>(work, id, cancel);
        var groups = await ec2.OfVpcAsync<SecurityGroup>(work, id, cancel);
        return new(id, new()
        {
            ["VpcId"] = id,
            ["CidrBlock"] = vpc.Cidr,
            ["CidrBlockAssociations"] = new JsonArray(vpc.CidrAssociationId),
            ["DefaultSecurityGroup"] = groups.First(group => group.Name is SecurityGroup.Default).Id,
            ["Ipv6CidrBlocks"] = new JsonArray(),
        });
    }
}
