using System.Text.Json.Nodes;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>
/// The properties of <c>AWS::EC2::Instance</c>. Those of machines, which nobody runs here, are inert; those by which an instance would be in
/// another place, or have another identity, than it says are refused.
/// </summary>
internal sealed record InstanceProperties
{
    private const string NoIpv6 = "networks here have no IPv6 addresses";
    private const string NoHosts = "there are no dedicated hosts";

    [Inert]
    public JsonNode? AdditionalInfo { get; init; }

    [Inert]
    public JsonNode? Affinity { get; init; }

    [CreateOnly]
    public string? AvailabilityZone { get; init; }

    [Inert]
    public JsonNode? BlockDeviceMappings { get; init; }

    [Inert]
    public JsonNode? CpuOptions { get; init; }

    [Inert]
    public JsonNode? CreditSpecification { get; init; }

    [CreateOnly]
    public bool? DisableApiTermination { get; init; }

    [Inert]
    public JsonNode? EbsOptimized { get; init; }

    [Inert]
    public JsonNode? ElasticGpuSpecifications { get; init; }

    [Inert]
    public JsonNode? ElasticInferenceAccelerators { get; init; }

    [Inert]
    public JsonNode? EnclaveOptions { get; init; }

    [Inert]
    public JsonNode? HibernationOptions { get; init; }

    [Refused(NoHosts)]
    public JsonNode? HostId { get; init; }

    [Refused(NoHosts)]
    public JsonNode? HostResourceGroupArn { get; init; }

    [CreateOnly]
    public string? IamInstanceProfile { get; init; }

    [CreateOnly]
    public string? ImageId { get; init; }

    [Inert]
    public JsonNode? InstanceInitiatedShutdownBehavior { get; init; }

    [CreateOnly]
    public string? InstanceType { get; init; }

    [Refused(NoIpv6)]
    public JsonNode? Ipv6AddressCount { get; init; }

    [Refused(NoIpv6)]
    public JsonNode? Ipv6Addresses { get; init; }

    [Inert]
    public JsonNode? KernelId { get; init; }

    [CreateOnly]
    public string? KeyName { get; init; }

    [Refused("there are no launch templates")]
    public JsonNode? LaunchTemplate { get; init; }

    [Inert]
    public JsonNode? LicenseSpecifications { get; init; }

    [CreateOnly]
    public MetadataProperty? MetadataOptions { get; init; }

    [Inert]
    public JsonNode? Monitoring { get; init; }

    [CreateOnly]
    public IReadOnlyList<InterfaceProperty>? NetworkInterfaces { get; init; }

    [Inert]
    public JsonNode? PlacementGroupName { get; init; }

    [Inert]
    public JsonNode? PrivateDnsNameOptions { get; init; }

    [CreateOnly]
    public string? PrivateIpAddress { get; init; }

    [Inert]
    public JsonNode? PropagateTagsToVolumeOnCreation { get; init; }

    [Inert]
    public JsonNode? RamdiskId { get; init; }

    [CreateOnly]
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    [Refused("groups are named by SecurityGroupIds")]
    public JsonNode? SecurityGroups { get; init; }

    [Inert]
    public JsonNode? SourceDestCheck { get; init; }

    [Inert]
    public JsonNode? SsmAssociations { get; init; }

    [CreateOnly]
    public string? SubnetId { get; init; }

    public IReadOnlyList<TagProperty>? Tags { get; init; }

    [CreateOnly]
    public string? Tenancy { get; init; }

    [CreateOnly]
    public string? UserData { get; init; }

    [Refused("there are no volumes")]
    public JsonNode? Volumes { get; init; }
}

/// <summary>The network interface of an instance.</summary>
internal sealed record InterfaceProperty
{
    [Inert]
    public JsonNode? AssociatePublicIpAddress { get; init; }

    public bool? DeleteOnTermination { get; init; }

    [Inert]
    public JsonNode? Description { get; init; }

    public required int DeviceIndex { get; init; }

    public IReadOnlyList<string>? GroupSet { get; init; }

    [Refused("an instance's network interface is made with it")]
    public JsonNode? NetworkInterfaceId { get; init; }

    public string? PrivateIpAddress { get; init; }

    public string? SubnetId { get; init; }
}

/// <summary>How an instance reads its metadata.</summary>
internal sealed record MetadataProperty
{
    public string? HttpEndpoint { get; init; }

    [Inert]
    public JsonNode? HttpProtocolIpv6 { get; init; }

    [Inert]
    public JsonNode? HttpPutResponseHopLimit { get; init; }

    [Inert]
    public JsonNode? HttpTokens { get; init; }

    [Inert]
    public JsonNode? InstanceMetadataTags { get; init; }
}
