using Berth.Identity.Delivery;

namespace Berth.Network;

/// <summary>Every class of networks, once.</summary>
public sealed class Networks
{
    /// <summary>Puts them together.</summary>
    public Networks(NetworkObjects objects, Machines machines)
    {
        Objects = objects;
        Tags = new(objects);
        SecurityGroups = new(objects);
        SecurityGroupRules = new(objects);
        Vpcs = new(objects, SecurityGroups);
        Subnets = new(objects);
        RouteTables = new(objects);
        Routes = new(objects);
        InternetGateways = new(objects);
        Interfaces = new(objects);
        ElasticAddresses = new(objects);
        NatGateways = new(objects, Interfaces, ElasticAddresses);
        Endpoints = new(objects, Interfaces);
        Instances = new(objects, Interfaces, machines);
    }

    /// <summary>What all of them keep things in.</summary>
    public NetworkObjects Objects { get; }

    /// <summary>Tags.</summary>
    public NetworkTags Tags { get; }

    /// <summary>VPCs.</summary>
    public Vpcs Vpcs { get; }

    /// <summary>Subnets.</summary>
    public Subnets Subnets { get; }

    /// <summary>Route tables.</summary>
    public RouteTables RouteTables { get; }

    /// <summary>Routes.</summary>
    public Routes Routes { get; }

    /// <summary>Internet gateways.</summary>
    public InternetGateways InternetGateways { get; }

    /// <summary>NAT gateways.</summary>
    public NatGateways NatGateways { get; }

    /// <summary>VPC endpoints.</summary>
    public VpcEndpoints Endpoints { get; }

    /// <summary>Elastic addresses.</summary>
    public ElasticAddresses ElasticAddresses { get; }

    /// <summary>Security groups.</summary>
    public SecurityGroups SecurityGroups { get; }

    /// <summary>Their rules.</summary>
    public SecurityGroupRules SecurityGroupRules { get; }

    /// <summary>Network interfaces.</summary>
    public NetworkInterfaces Interfaces { get; }

    /// <summary>Instances.</summary>
    public Instances Instances { get; }
}
