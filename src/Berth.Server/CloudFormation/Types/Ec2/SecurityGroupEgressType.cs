using Berth.Network;
using Berth.Server.Ec2.SecurityGroups;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A rule on what may go out of a group that stands elsewhere.</summary>
internal sealed class SecurityGroupEgressType(Ec2Calls ec2) : ResourceType<SecurityGroupEgressType.Model>(ec2.Calls)
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

        [CreateOnly]
        public required string IpProtocol { get; init; }

        [CreateOnly]
        public string? DestinationPrefixListId { get; init; }

        [CreateOnly]
        public string? DestinationSecurityGroupId { get; init; }

        [CreateOnly]
        public int? ToPort { get; init; }

        public RuleProperties Rule => new(IpProtocol, FromPort, ToPort, CidrIp, CidrIpv6)
        {
            Description = Description,
            GroupId = DestinationSecurityGroupId,
            PrefixList = DestinationPrefixListId,
        };
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::SecurityGroupEgress";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Id"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new AuthorizeSecurityGroupEgress.Request
        {
            GroupId = properties.GroupId,
            IpPermissions = properties.Rule.ToPermissions(),
            TagSpecifications = Ec2Calls.TagsOf(work, SecurityGroupRule.Type, own: null),
        };
        var id = (await ec2.FindMadeAsync<SecurityGroupRule>(work, cancel))?.Id
            ?? (await Calls.CallAsync<AuthorizeSecurityGroupEgress.Response>(work, request, cancel)).SecurityGroupRules[0].SecurityGroupRuleId;
        return ResourceProgress.Done(id, new() { ["Id"] = id });
    }

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) => ec2.TakeAsync(
        work, new RevokeSecurityGroupEgress.Request { GroupId = properties.GroupId, SecurityGroupRuleIds = [state.PhysicalId] }, cancel);
}
