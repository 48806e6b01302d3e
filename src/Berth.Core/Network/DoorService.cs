using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>What a VPC endpoint leads to.</summary>
public enum DoorKind
{
    /// <summary>ECR's API: <c>ecr.api</c>.</summary>
    Api,

    /// <summary>What docker speaks: <c>ecr.dkr</c>.</summary>
    Registry,

    /// <summary>The bucket that layers are downloaded from: <c>s3</c>, a gateway.</summary>
    Layers,
}

/// <summary>A service that VPC endpoints can be made for (ECR User Guide, "Amazon ECR interface VPC endpoints").</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Region">The Region it serves.</param>
/// <param name="IsFips">Whether it goes by the FIPS names; it is the same service.</param>
public sealed partial record DoorService(DoorKind Kind, RegionName Region, bool IsFips = false)
{
    /// <summary>Such as <c>com.amazonaws.us-east-1.ecr.dkr</c>.</summary>
    public string Name => Kind is DoorKind.Layers ? $"com.amazonaws.{Region}.s3" : $"{Prefix}.{Region}.{Ecr}.{(Kind is DoorKind.Api ? "api" : "dkr")}";

    /// <summary>Whether it is entered by routes, and not by an address.</summary>
    public bool IsGateway => Kind is DoorKind.Layers;

    /// <summary>The name in IAM of what it serves.</summary>
    public string IamPrefix => Kind is DoorKind.Layers ? "s3" : "ecr";

    /// <summary>The labels before the Region in its endpoints' names, such as <c>dkr.ecr</c>.</summary>
    public string Labels => Kind is DoorKind.Layers ? "s3" : $"{(Kind is DoorKind.Api ? "api" : "dkr")}.{Ecr}";

    /// <summary>The domain that AWS's names of its Region end in.</summary>
    public string Domain => Region.Partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>The public name that means it inside a VPC with private DNS, such as <c>*.dkr.ecr.us-east-1.amazonaws.com</c>.</summary>
    public string PrivateName => $"{(Kind is DoorKind.Registry ? "*." : "")}{Labels}.{Region}.{Domain}";

    /// <summary>The id of the list of a gateway's addresses, which routes to it have as their destination.</summary>
    public string PrefixListId => "pl-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name)))[..8];

    private string Ecr => IsFips ? "ecr-fips" : "ecr";

    private string Prefix => Region.Partition is "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws";

    /// <summary>All there are in a Region.</summary>
    public static IReadOnlyList<DoorService> Of(RegionName region) =>
    [
        new(DoorKind.Api, region),
        new(DoorKind.Registry, region),
        new(DoorKind.Api, region, IsFips: true),
        new(DoorKind.Registry, region, IsFips: true),
        new(DoorKind.Layers, region),
    ];

    /// <summary>The service of that name, or says that there is none.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out DoorService? service)
    {
        service = Names().Match(name) is { Success: true } match && RegionName.TryParse(match.Groups["region"].Value, out var region)
            ? Of(region).FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal))
            : null;
        return service is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    [GeneratedRegex(@"\A(cn\.)?com\.amazonaws\.(?<region>[a-z0-9-]{1,40})\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
