using System.Text.Json.Serialization;
using Berth.Network;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A VPC as answers tell of it (EC2's shape <c>Vpc</c>).</summary>
internal sealed record VpcDetail
{
    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    public required string CidrBlock { get; init; }

    public IReadOnlyList<CidrAssociation> CidrBlockAssociationSet { get; init; } = [];

    public string DhcpOptionsId { get; init; } = "default";

    public required string InstanceTenancy { get; init; }

    public bool IsDefault { get; init; }

    public string State { get; init; } = "available";

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>What may be listed of VPCs.</summary>
    public static Listing<Vpc, Vpc> Listing { get; } = new(
        new(
            vpc => vpc,
            ("vpc-id", vpc => [vpc.Id]),
            ("cidr", vpc => [vpc.Cidr]),
            ("cidr-block-association.cidr-block", vpc => [vpc.Cidr]),
            ("cidr-block-association.association-id", vpc => [vpc.CidrAssociationId]),
            ("cidr-block-association.state", _ => ["associated"]),
            ("dhcp-options-id", _ => ["default"]),
            ("is-default", _ => ["false"]),
            ("isDefault", _ => ["false"]),
            ("owner-id", vpc => [$"{vpc.Home.Account}"]),
            ("state", _ => ["available"])),
        (_, _, all) => Task.FromResult(all));

    /// <summary>The members that every VPC has.</summary>
    public static VpcDetail Of(Vpc vpc) => new()
    {
        VpcId = vpc.Id,
        OwnerId = vpc.Home.Account.ToString(),
        CidrBlock = vpc.Cidr,
        CidrBlockAssociationSet = [new(vpc.CidrAssociationId, vpc.Cidr, new("associated"))],
        InstanceTenancy = vpc.Tenancy,
        Tags = TagEntry.All(vpc.Tags),
    };

    /// <summary>A block of a VPC.</summary>
    internal sealed record CidrAssociation(string AssociationId, string CidrBlock, BlockState CidrBlockState);

    /// <summary>What became of a block.</summary>
    internal sealed record BlockState(string State);
}
