using System.Text.Json.Serialization;
using Berth.Network;

namespace Berth.Server.Ec2.Shapes;

/// <summary>An internet gateway as answers tell of it (EC2's shape <c>InternetGateway</c>).</summary>
internal sealed record InternetGatewayDetail
{
    public required string InternetGatewayId { get; init; }

    public required string OwnerId { get; init; }

    [JsonPropertyName("attachmentSet")]
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>What may be listed of gateways.</summary>
    public static Listing<InternetGateway, InternetGateway> Listing { get; } = new(
        new(
            gateway => gateway,
            ("internet-gateway-id", gateway => [gateway.Id]),
            ("attachment.vpc-id", gateway => [gateway.VpcId]),
            ("attachment.state", gateway => [gateway.VpcId is null ? null : "available"]),
            ("owner-id", gateway => [$"{gateway.Home.Account}"])),
        (_, _, all) => Task.FromResult(all));

    /// <summary>The members that every gateway has.</summary>
    public static InternetGatewayDetail Of(InternetGateway gateway) => new()
    {
        InternetGatewayId = gateway.Id,
        OwnerId = gateway.Home.Account.ToString(),
        Attachments = gateway.VpcId is { } vpc ? [new("available", vpc)] : [],
        Tags = TagEntry.All(gateway.Tags),
    };

    /// <summary>The VPC of a gateway.</summary>
    internal sealed record Attachment(string State, string VpcId);
}

/// <summary>A NAT gateway as answers tell of it (EC2's shape <c>NatGateway</c>).</summary>
internal sealed record NatGatewayDetail
{
    public required string NatGatewayId { get; init; }

    public required string VpcId { get; init; }

    public required string SubnetId { get; init; }

    public required string State { get; init; }

    public required string ConnectivityType { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    public DateTimeOffset? DeleteTime { get; init; }

    [JsonPropertyName("natGatewayAddressSet")]
    public IReadOnlyList<Address> NatGatewayAddresses { get; init; } = [];

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    /// <summary>What may be listed of NAT gateways.</summary>
    public static Listing<NatGateway, NatGateway> Listing { get; } = new(
        new(
            gateway => gateway,
            ("nat-gateway-id", gateway => [gateway.Id]),
            ("vpc-id", gateway => [gateway.VpcId ?? gateway.LastVpcId]),
            ("subnet-id", gateway => [gateway.SubnetId]),
            ("connectivity-type", gateway => [TypeOf(gateway)]),
            ("state", gateway => [StateOf(gateway)])),
        (_, _, all) => Task.FromResult(all));

    /// <summary>The members that every gateway has.</summary>
    public static NatGatewayDetail Of(NatGateway gateway) => new()
    {
        NatGatewayId = gateway.Id,
        VpcId = (gateway.VpcId ?? gateway.LastVpcId)!,
        SubnetId = gateway.SubnetId,
        State = StateOf(gateway),
        ConnectivityType = TypeOf(gateway),
        CreateTime = gateway.CreatedAt,
        DeleteTime = gateway.DeletedAt,
        NatGatewayAddresses =
        [
            new(gateway.AllocationId, gateway.AssociationId, gateway.InterfaceId, gateway.PrivateAddress, gateway.PublicIp, IsPrimary: true,
                gateway.DeletedAt is null ? "succeeded" : "unassigning"),
        ],
        Tags = TagEntry.All(gateway.Tags),
    };

    private static string StateOf(NatGateway gateway) => gateway.DeletedAt is null ? "available" : "deleted";

    private static string TypeOf(NatGateway gateway) => gateway.AllocationId is null ? "private" : "public";

    /// <summary>Its addresses.</summary>
    internal sealed record Address(
        string? AllocationId, string? AssociationId, string NetworkInterfaceId, string PrivateIp, string? PublicIp, bool IsPrimary, string Status);
}
