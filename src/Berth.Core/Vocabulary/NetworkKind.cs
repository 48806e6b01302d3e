using System.Buffers;

namespace Berth.Vocabulary;

/// <summary>A kind of thing that networks are made of, and how EC2 calls it. The set is closed.</summary>
/// <param name="Name">As in ARNs and tag specifications: <c>vpc</c>, <c>route-table</c>.</param>
/// <param name="Prefix">What ids begin with.</param>
/// <param name="Noun">As in EC2's sentences: <c>routeTable</c>.</param>
public sealed record NetworkKind(string Name, string Prefix, string Noun)
{
    private const int DigitsInId = 17;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>A virtual private cloud.</summary>
    public static readonly NetworkKind Vpc = new("vpc", "vpc-", "vpc");
    /// <summary>A part of a VPC.</summary>
    public static readonly NetworkKind Subnet = new("subnet", "subnet-", "subnet");
    /// <summary>Where packets go.</summary>
    public static readonly NetworkKind RouteTable = new("route-table", "rtb-", "routeTable");
    /// <summary>Which table a subnet has.</summary>
    public static readonly NetworkKind RouteTableAssociation = new("route-table-association", "rtbassoc-", "association");
    /// <summary>A way to the internet.</summary>
    public static readonly NetworkKind InternetGateway = new("internet-gateway", "igw-", "internetGateway");
    /// <summary>A way out alone.</summary>
    public static readonly NetworkKind NatGateway = new("natgateway", "nat-", "Nat Gateway");
    /// <summary>A public address.</summary>
    public static readonly NetworkKind ElasticAddress = new("elastic-ip", "eipalloc-", "allocation");
    /// <summary>Where a public address leads.</summary>
    public static readonly NetworkKind AddressAssociation = new("elastic-ip-association", "eipassoc-", "association");
    /// <summary>What may come in and go out.</summary>
    public static readonly NetworkKind SecurityGroup = new("security-group", "sg-", "security group");
    /// <summary>A rule of such a group.</summary>
    public static readonly NetworkKind SecurityGroupRule = new("security-group-rule", "sgr-", "security group rule");
    /// <summary>What has an address.</summary>
    public static readonly NetworkKind NetworkInterface = new("network-interface", "eni-", "networkInterface");
    /// <summary>A machine.</summary>
    public static readonly NetworkKind Instance = new("instance", "i-", "instance");
    /// <summary>A door into a service.</summary>
    public static readonly NetworkKind VpcEndpoint = new("vpc-endpoint", "vpce-", "VpcEndPoint");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkKind> All { get; } =
    [
        Vpc, Subnet, RouteTable, RouteTableAssociation, InternetGateway, NatGateway, ElasticAddress, AddressAssociation, SecurityGroup,
        SecurityGroupRule, NetworkInterface, Instance, VpcEndpoint,
    ];

    /// <summary>Whether it is but a part of another thing, that has no tags and no ARN of its own.</summary>
    public bool IsPart => Prefix is "rtbassoc-" or "eipassoc-";

    /// <summary>What is missing when an id of this kind is not found, in EC2's words.</summary>
    public string NotFound(string id) => Prefix switch
    {
        "nat-" => $"The Nat Gateway {id} was not found",
        "sg-" => $"The security group '{id}' does not exist",
        _ => $"The {Noun} ID '{id}' does not exist",
    };

    /// <summary>That something depends on it, in EC2's words.</summary>
    public string InUse(string id) => Prefix is "sg-" ? $"resource {id} has a dependent object" : $"The {Noun} '{id}' has dependencies and cannot be deleted.";

    /// <summary>Whether a text has the form of an id of this kind: the prefix and eight or seventeen hexadecimal digits.</summary>
    public bool IsId(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length - Prefix.Length is 8 or DigitsInId
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits);

    /// <summary>The kind of an id by its form, or null.</summary>
    public static NetworkKind? OfId(string id) => All.FirstOrDefault(kind => kind.IsId(id));

    /// <summary>The ARN of one of these, or with <c>*</c> that of all.</summary>
    public string ArnOf(RegistryId home, string id) => $"arn:{home.Region.Partition}:ec2:{home.Region}:{home.Account}:{Name}/{id}";
}
