using Berth.Network;
using Berth.Server.Ec2.SecurityGroups;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A rule on what may come in to a group that stands elsewhere.</summary>
internal sealed class SecurityGroupIngressType(Ec2Calls ec2) : ResourceType<SecurityGroupIngressType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        [CreateOnly]
        public string? CidrIp { get; init; }

        [CreateOnly]
        public string? CidrIpv6 { get; init; }

        [CreateOnly]
        public string? Description { get; init; }

        [CreateOnly]
        public int? FromPort { get; init; }

        [CreateOnly]
        public required string GroupId { get; init; }

        [Refused("groups are named by GroupId")]
        public string? GroupName { get; init; }

        [CreateOnly]
        public required string IpProtocol { get; init; }

        [CreateOnly]
        public string? SourcePrefixListId { get; init; }

        [CreateOnly]
        public string? SourceSecurityGroupId { get; init; }

        [Refused("groups are named by SourceSecurityGroupId")]
        public string? SourceSecurityGroupName { get; init; }

        [CreateOnly]
        public string? SourceSecurityGroupOwnerId { get; init; }

        [CreateOnly]
        public int? ToPort { get; init; }

        public RuleProperties Rule => new(IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6)
        {
            Description = Description,
            GroupId = SourceSecurityGroupId,
            GroupOwner = SourceSecurityGroupOwnerId,
            PrefixList = SourcePrefixListId,
        };
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::SecurityGroupIngress";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Id"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new AuthorizeSecurityGroupIngress.Request
        {
            GroupId = properties.GroupId,
            IpPermissions = properties.Rule.ToPermissions(),
            TagSpecifications = Ec2Calls.TagsOf(work, SecurityGroupRule.Type, own: null),
        };
        var id = (await ec2.FindMadeAsync<SecurityGroupRule>(work, cancel))?.Id
            ?? (await Calls.CallAsync<AuthorizeSecurityGroupIngress.Response>(work, request, cancel)).SecurityGroupRules[0].SecurityGroupRuleId;
        return ResourceProgress.Done(id, new() { ["Id"] = id });
    }

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) => ec2.TakeAsync(
        work, new RevokeSecurityGroupIngress.Request { GroupId = properties.GroupId, SecurityGroupRuleIds = [state.PhysicalId] }, cancel);
}
