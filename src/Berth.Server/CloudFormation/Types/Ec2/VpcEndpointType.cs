using System.Globalization;
using System.Text.Json.Nodes;
using Berth.Network;
using Berth.Server.Ec2.Endpoints;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>A VPC endpoint, which is available at once.</summary>
internal sealed class VpcEndpointType(Ec2Calls ec2) : ResourceType<VpcEndpointType.Model>(ec2.Calls)
{
    internal sealed record Model
    {
        [Refused("an endpoint's names have records of IPv4")]
        public JsonNode? DnsOptions { get; init; }

        [CreateOnly]
        public string? IpAddressType { get; init; }

        [Document]
        public string? PolicyDocument { get; init; }

        public bool? PrivateDnsEnabled { get; init; }

        [Refused("endpoints lead to ECR and to the bucket of layers")]
        public string? ResourceConfigurationArn { get; init; }

        public IReadOnlyList<string>? RouteTableIds { get; init; }

        public IReadOnlyList<string>? SecurityGroupIds { get; init; }

        [CreateOnly]
        public string? ServiceName { get; init; }

        [Refused("endpoints lead to ECR and to the bucket of layers")]
        public string? ServiceNetworkArn { get; init; }

        [CreateOnly]
        public string? ServiceRegion { get; init; }

        public IReadOnlyList<string>? SubnetIds { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [CreateOnly]
        public string? VpcEndpointType { get; init; }

        [CreateOnly]
        public required string VpcId { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::EC2::VPCEndpoint";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Id", "CreationTimestamp", "DnsEntries", "NetworkInterfaceIds"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<VpcEndpoint>(work, cancel))?.Id ?? await CreateAsync(work, properties, cancel);
        return new(await StateAsync(work, id, cancel), IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var id = state.PhysicalId;
        var there = await ec2.GetAsync<VpcEndpoint>(work, id, cancel);
        var (before, after) = (change.Before, change.After);
        var (tables, subnets, groups) = (
            Between(there.RouteTableIds, before.RouteTableIds, after.RouteTableIds),
            Between(there.SubnetIds, before.SubnetIds, after.SubnetIds),
            Between(there.GroupIds, before.SecurityGroupIds, after.SecurityGroupIds));
        var request = new ModifyVpcEndpoint.Request
        {
            VpcEndpointId = id,
            PolicyDocument = after.PolicyDocument,
            ResetPolicy = after.PolicyDocument is null && before.PolicyDocument is not null ? true : null,
            PrivateDnsEnabled = change.Differs(one => one.PrivateDnsEnabled) ? after.PrivateDnsEnabled ?? true : null,
            AddRouteTableIds = tables.Add,
            RemoveRouteTableIds = tables.Remove,
            AddSubnetIds = subnets.Add,
            RemoveSubnetIds = subnets.Remove,
            AddSecurityGroupIds = groups.Add,
            RemoveSecurityGroupIds = groups.Remove,
        };
        if (!SameValues.Are(before with { Tags = null }, after with { Tags = null }))
        {
            await Calls.DoAsync(work, request, cancel);
        }

        await ec2.TagAsync(work, id, new(before.Tags, after.Tags), cancel);
        return new(await StateAsync(work, id, cancel), IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        var answer = await Calls.CallAsync<DeleteVpcEndpoints.Response>(
            work, new DeleteVpcEndpoints.Request { VpcEndpointIds = [state.PhysicalId] }, cancel);
        if (answer.Unsuccessful is [var failed] && !failed.Error.Code.EndsWith(".NotFound", StringComparison.Ordinal))
        {
            throw new ResourcePropertiesInvalid(failed.Error.Message).AsException();
        }
    }

    private async Task<string> CreateAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var request = new CreateVpcEndpoint.Request
        {
            VpcId = properties.VpcId,
            ServiceName = properties.ServiceName,
            VpcEndpointType = properties.VpcEndpointType,
            PolicyDocument = properties.PolicyDocument,
            RouteTableIds = properties.RouteTableIds,
            SubnetIds = properties.SubnetIds,
            SecurityGroupIds = properties.SecurityGroupIds,
            IpAddressType = properties.IpAddressType,
            PrivateDnsEnabled = properties.PrivateDnsEnabled,
            ServiceRegion = properties.ServiceRegion,
            TagSpecifications = Ec2Calls.TagsOf(work, VpcEndpoint.Type, properties.Tags),
        };
        return (await Calls.CallAsync<CreateVpcEndpoint.Response>(work, request, cancel)).VpcEndpoint.VpcEndpointId;
    }

    private async Task<ResourceState> StateAsync(ResourceWork work, string id, CancellationToken cancel)
    {
        var endpoint = await ec2.GetAsync<VpcEndpoint>(work, id, cancel);
        var interfaces = await ec2.PartsAsync<NetworkInterface>(work, id, cancel);
        return new(id, new()
        {
            ["Id"] = id,
            ["CreationTimestamp"] = endpoint.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["DnsEntries"] = Texts(endpoint.DnsEntries.Select(entry => $"{entry.ZoneId}:{entry.Name}")),
            ["NetworkInterfaceIds"] = Texts(interfaces.Select(one => one.Id)),
        });
    }

    // What is there already is not added again, nor what is gone taken: an update may be tried twice.
    private static (IReadOnlyList<string>? Add, IReadOnlyList<string>? Remove) Between(
        IReadOnlyList<string> there, IReadOnlyList<string>? before, IReadOnlyList<string>? after)
    {
        string[] add = [.. (after ?? []).Except(there, StringComparer.Ordinal)];
        string[] remove = [.. (before ?? []).Except(after ?? [], StringComparer.Ordinal).Intersect(there, StringComparer.Ordinal)];
        return (add is [] ? null : add, remove is [] ? null : remove);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
