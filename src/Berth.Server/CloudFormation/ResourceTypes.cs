using Berth.Creation;
using Berth.Identity.Entities;
using Berth.Lifecycle;
using Berth.Network;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.CloudFormation.Types;
using Berth.Server.CloudFormation.Types.Ec2;
using Berth.Server.CloudFormation.Types.Ecr;
using Berth.Server.CloudFormation.Types.Iam;
using Berth.Server.CloudFormation.Types.Stacks;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation;

/// <summary>The types of resources that templates may ask for.</summary>
internal static class ResourceTypes
{
    /// <summary>All of them; made when a template is first read.</summary>
    public static IReadOnlyList<ResourceType> Create(ResourceTypeParts parts)
    {
        var calls = new ResourceCalls(parts.Calls, parts.Ids);
        return [.. OfEcr(calls, parts), .. OfIam(new(calls, parts.Entities), parts), .. OfEc2(new(calls, parts.Networks.Objects, parts.Networks.Tags)), .. OfStacks(calls, parts)];
    }

    private static IEnumerable<ResourceType> OfEcr(ResourceCalls calls, ResourceTypeParts parts) =>
    [
        new RepositoryType(calls, new(parts.Repositories, parts.RepositoryPolicies, parts.LifecyclePolicies, parts.Hosts)),
        new RegistryPolicyType(calls, parts.RegistryPolicies),
        new RepositoryCreationTemplateType(calls, parts.CreationTemplates),
        new PullTimeUpdateExclusionType(calls, parts.PullTimeExclusions),
    ];

    private static IEnumerable<ResourceType> OfIam(IamCalls iam, ResourceTypeParts parts) =>
    [
        new RoleType(iam),
        new UserType(iam),
        new GroupType(iam),
        new PolicyType(iam),
        new ManagedPolicyType(iam, parts.ManagedPolicies),
        new InstanceProfileType(iam, parts.InstanceProfiles),
        new AccessKeyType(iam),
        new OidcProviderType(iam),
    ];

    private static IEnumerable<ResourceType> OfEc2(Ec2Calls ec2) =>
    [
        new VpcType(ec2),
        new SubnetType(ec2),
        new InternetGatewayType(ec2),
        new VpcGatewayAttachmentType(ec2),
        new EipType(ec2),
        new NatGatewayType(ec2),
        new RouteTableType(ec2),
        new RouteType(ec2),
        new SubnetRouteTableAssociationType(ec2),
        new SecurityGroupType(ec2),
        new SecurityGroupIngressType(ec2),
        new SecurityGroupEgressType(ec2),
        new InstanceType(ec2),
        new VpcEndpointType(ec2),
    ];

    private static IEnumerable<ResourceType> OfStacks(ResourceCalls calls, ResourceTypeParts parts) =>
    [
        new NestedStackType(calls, parts.NestedStacks),
        new WaitConditionHandleType(calls),
        new CdkMetadataType(calls),
    ];
}

/// <summary>What types are made with.</summary>
/// <param name="Calls">Calls other operations on behalf of the stack's caller.</param>
/// <param name="NestedStacks">Stacks in stacks.</param>
internal sealed record ResourceTypeParts(ForwardedCalls Calls, NestedStacks NestedStacks)
{
    public required Repositories Repositories { get; init; }

    public required RepositoryPolicies RepositoryPolicies { get; init; }

    public required RegistryPolicies RegistryPolicies { get; init; }

    public required LifecyclePolicies LifecyclePolicies { get; init; }

    public required CreationTemplates CreationTemplates { get; init; }

    public required PullTimeExclusions PullTimeExclusions { get; init; }

    public required IamEntities Entities { get; init; }

    public required ManagedPolicies ManagedPolicies { get; init; }

    public required InstanceProfiles InstanceProfiles { get; init; }

    public required Networks Networks { get; init; }

    public required RegistryHosts Hosts { get; init; }

    public required Ids Ids { get; init; }
}
