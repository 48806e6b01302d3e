using Berth.Network;
using Berth.Server.Ec2.SecurityGroups;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A security group with the rules that stand in its template.</summary>
internal sealed class SecurityGroupType(Ec2Calls ec2) : ResourceType<SecurityGroupType.Model>(ec2.Calls)
{
    private const int LongestName = 255;

    internal sealed record Model
    {
        [CreateOnly]
        public required string GroupDescription { get; init; }

        [CreateOnly]
        public string? GroupName { get; init; }

        public IReadOnlyList<EgressProperty>? SecurityGroupEgress { get; init; }

        public IReadOnlyList<IngressProperty>? SecurityGroupIngress { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [CreateOnly]
        public string? VpcId { get; init; }

        public IReadOnlyList<RuleProperties> Ingress => [.. (SecurityGroupIngress ?? []).Select(one => one.Rule)];

        /// <summary>Without a word everything may go out.</summary>
        public IReadOnlyList<RuleProperties> Egress =>
            SecurityGroupEgress is [_, ..] ? [.. SecurityGroupEgress.Select(one => one.Rule)] : [RuleProperties.Everything];
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::SecurityGroup";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["GroupId", "VpcId", "Id"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<SecurityGroup>(work, cancel))?.Id ?? await CreateAsync(work, properties, cancel);
        var group = await ec2.GetAsync<SecurityGroup>(work, id, cancel);
        return await FinishAsync(new(id, new() { ["GroupId"] = id, ["Id"] = id, ["VpcId"] = group.VpcId }), async () =>
        {
            await ChangeIngressAsync(work, id, new([], properties.Ingress), cancel);
            await ChangeEgressAsync(work, id, new([RuleProperties.Everything], properties.Egress), cancel);
        });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        await ChangeIngressAsync(work, state.PhysicalId, new(change.Before.Ingress, change.After.Ingress), cancel);
        await ChangeEgressAsync(work, state.PhysicalId, new(change.Before.Egress, change.After.Egress), cancel);
        await ec2.TagAsync(work, state.PhysicalId, new(change.Before.Tags, change.After.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new DeleteSecurityGroup.Request { GroupId = state.PhysicalId }, cancel);

    private async Task<string> CreateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateSecurityGroup.Request
        {
            GroupName = properties.GroupName ?? work.NameOf(LongestName),
            Description = properties.GroupDescription,
            VpcId = properties.VpcId,
            TagSpecifications = Ec2Calls.TagsOf(work, SecurityGroup.Type, properties.Tags),
        };
        return (await Calls.CallAsync<CreateSecurityGroup.Response>(work, request, cancel)).GroupId;
    }

    // Rules are taken before others are given, for one whose description changed is another with the same print.
    private async Task ChangeIngressAsync(ResourceWork work, string id, Change<IReadOnlyList<RuleProperties>> change, CancellationToken cancel)
    {
        foreach (var rule in change.Before.Except(change.After))
        {
            await ec2.TakeAsync(work, new RevokeSecurityGroupIngress.Request { GroupId = id, IpPermissions = rule.ToPermissions() }, cancel);
        }

        foreach (var rule in change.After.Except(change.Before))
        {
            await GiveAsync(work, new AuthorizeSecurityGroupIngress.Request { GroupId = id, IpPermissions = rule.ToPermissions() }, cancel);
        }
    }

    private async Task ChangeEgressAsync(ResourceWork work, string id, Change<IReadOnlyList<RuleProperties>> change, CancellationToken cancel)
    {
        foreach (var rule in change.Before.Except(change.After))
        {
            await ec2.TakeAsync(work, new RevokeSecurityGroupEgress.Request { GroupId = id, IpPermissions = rule.ToPermissions() }, cancel);
        }

        foreach (var rule in change.After.Except(change.Before))
        {
            await GiveAsync(work, new AuthorizeSecurityGroupEgress.Request { GroupId = id, IpPermissions = rule.ToPermissions() }, cancel);
        }
    }

    // What is tried again, or taken back half-way, may have its rules already.
    private async Task GiveAsync(ResourceWork work, object request, CancellationToken cancel)
    {
        try
        {
            await Calls.DoAsync(work, request, cancel);
        }
        catch (ServiceRefusal refusal) when ((work.IsRetry || work.IsRollback) && refusal.Error.Code is "InvalidPermission.Duplicate")
        {
        }
    }
}
