using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Addresses;
using Berth.Server.Ec2.Endpoints;
using Berth.Server.Ec2.Gateways;
using Berth.Server.Ec2.Instances;
using Berth.Server.Ec2.Places;
using Berth.Server.Ec2.Routing;
using Berth.Server.Ec2.SecurityGroups;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Ec2.Subnets;
using Berth.Server.Ec2.Tags;
using Berth.Server.Ec2.Vpcs;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2;

/// <summary>Amazon EC2, as far as networks and the identities of machines go.</summary>
internal static class Ec2Service
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(Ec2Parts parts) =>
        new Service("ec2", new Ec2Query())
            .AddVpcs(parts)
            .AddSubnets(parts)
            .AddRouting(parts)
            .AddGateways(parts)
            .AddAddresses(parts)
            .AddEndpoints(parts)
            .AddSecurityGroups(parts)
            .AddTags(parts)
            .AddInstances(parts)
            .AddPlaces(parts);

    private static Service AddVpcs(this Service service, Ec2Parts parts) => service
        .Add(() => new CreateVpc(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteVpc(parts.Networks))
        .Add(() => new DescribeVpcAttribute(parts.Networks))
        .Add(() => new DescribeVpcs(parts.Pages))
        .Add(() => new ModifyVpcAttribute(parts.Networks));

    private static Service AddSubnets(this Service service, Ec2Parts parts) => service
        .Add(() => new CreateSubnet(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteSubnet(parts.Networks))
        .Add(() => new DescribeSubnets(parts.Pages))
        .Add(() => new ModifySubnetAttribute(parts.Networks));

    private static Service AddRouting(this Service service, Ec2Parts parts) => service
        .Add(() => new AssociateRouteTable(parts.Networks))
        .Add(() => new CreateRoute(parts.Networks))
        .Add(() => new CreateRouteTable(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteRoute(parts.Networks))
        .Add(() => new DeleteRouteTable(parts.Networks))
        .Add(() => new DescribeRouteTables(parts.Networks, parts.Pages))
        .Add(() => new DisassociateRouteTable(parts.Networks))
        .Add(() => new ReplaceRoute(parts.Networks))
        .Add(() => new ReplaceRouteTableAssociation(parts.Networks));

    private static Service AddGateways(this Service service, Ec2Parts parts) => service
        .Add(() => new AttachInternetGateway(parts.Networks))
        .Add(() => new CreateInternetGateway(parts.Networks, parts.Authorizer))
        .Add(() => new CreateNatGateway(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteInternetGateway(parts.Networks))
        .Add(() => new DeleteNatGateway(parts.Networks))
        .Add(() => new DescribeInternetGateways(parts.Pages))
        .Add(() => new DescribeNatGateways(parts.Pages))
        .Add(() => new DetachInternetGateway(parts.Networks));

    private static Service AddAddresses(this Service service, Ec2Parts parts) => service
        .Add(() => new AllocateAddress(parts.Networks, parts.Authorizer))
        .Add(() => new AssociateAddress(parts.Networks))
        .Add(() => new DescribeAddresses(parts.Networks, parts.Pages))
        .Add(() => new DisassociateAddress(parts.Networks))
        .Add(() => new ReleaseAddress(parts.Networks));

    private static Service AddEndpoints(this Service service, Ec2Parts parts) => service
        .Add(() => new CreateVpcEndpoint(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteVpcEndpoints(parts.Networks))
        .Add(() => new DescribePrefixLists(parts.PageTokens))
        .Add(() => new DescribeVpcEndpoints(parts.Networks, parts.Pages))
        .Add(() => new DescribeVpcEndpointServices(parts.PageTokens))
        .Add(() => new ModifyVpcEndpoint(parts.Networks));

    private static Service AddSecurityGroups(this Service service, Ec2Parts parts) => service
        .Add(() => new AuthorizeSecurityGroupEgress(parts.Networks, parts.Authorizer))
        .Add(() => new AuthorizeSecurityGroupIngress(parts.Networks, parts.Authorizer))
        .Add(() => new CreateSecurityGroup(parts.Networks, parts.Authorizer))
        .Add(() => new DeleteSecurityGroup(parts.Networks))
        .Add(() => new DescribeSecurityGroupRules(parts.Pages))
        .Add(() => new DescribeSecurityGroups(parts.Networks, parts.Pages))
        .Add(() => new RevokeSecurityGroupEgress(parts.Networks))
        .Add(() => new RevokeSecurityGroupIngress(parts.Networks));

    private static Service AddTags(this Service service, Ec2Parts parts) => service
        .Add(() => new CreateTags(parts.Networks))
        .Add(() => new DeleteTags(parts.Networks))
        .Add(() => new DescribeTags(parts.Networks, parts.PageTokens));

    private static Service AddInstances(this Service service, Ec2Parts parts) => service
        .Add(() => new DescribeIamInstanceProfileAssociations(parts.Pages))
        .Add(() => new DescribeInstanceAttribute(parts.Networks))
        .Add(() => new DescribeInstances(parts.Networks, parts.Pages))
        .Add(() => new DescribeNetworkInterfaces(parts.Networks, parts.Pages))
        .Add(() => new RunInstances(parts.Networks, parts.Entities, parts.MachineRoles, parts.Authorizer))
        .Add(() => new TerminateInstances(parts.Networks));

    private static Service AddPlaces(this Service service, Ec2Parts parts) => service
        .Add(() => new DescribeAvailabilityZones())
        .Add(() => new DescribeRegions(parts.Region));
}

/// <summary>What the operations stand on.</summary>
internal sealed record Ec2Parts
{
    public required Networks Networks { get; init; }

    public required IamEntities Entities { get; init; }

    public required MachineRoles MachineRoles { get; init; }

    public required RegionName Region { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required Pages Pages { get; init; }

    public required PageTokens PageTokens { get; init; }
}
