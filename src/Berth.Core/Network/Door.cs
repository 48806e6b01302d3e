using System.Net;
using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A VPC endpoint as requests meet it: all that decides over one is at hand.</summary>
/// <param name="EndpointId">Such as <c>vpce-0a1b2c3d4e5f60718</c>.</param>
/// <param name="Owner">The account that made it.</param>
/// <param name="VpcId">The VPC that it is a door of.</param>
/// <param name="Service">What it leads to.</param>
public sealed record Door(string EndpointId, AccountId Owner, string VpcId, DoorService Service)
{
    /// <summary>What stands behind the id in its own names.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The availability zones that it has an address in.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether the service's public names mean this door inside the VPC.</summary>
    public bool HasPrivateDns { get; init; }

    /// <summary>The blocks of the VPC; of a gateway those of the subnets whose routes lead to it.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>The blocks that its security groups let use port 443.</summary>
    public IReadOnlyList<IPNetwork> Admitted { get; init; } = [];

    /// <summary>What may be asked through it; null for everything.</summary>
    public PolicyDocument? Policy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The Region that it serves.</summary>
    public RegionName Region => Service.Region;

    /// <summary>The names that mean it everywhere: the Regional one, then those of its zones (AWS PrivateLink Guide, "DNS hostnames").</summary>
    public IReadOnlyList<string> OwnNames => [NameOf(""), .. Zones.Select(zone => NameOf($"-{zone}"))];

    /// <summary>What policies call its VPC.</summary>
    public string VpcArn => $"arn:{Region.Partition}:ec2:{Region}:{Owner}:vpc/{VpcId}";

    /// <summary>Whether an address lies in its networks.</summary>
    public bool IsInside(IPAddress source) => Contains(Networks, source);

    /// <summary>
    /// Whether its security groups let an address in. A rule for all addresses means those that reach the door's network: where a door
    /// has no address of its own anybody can say its name, so there it means the VPC's, and this machine's.
    /// </summary>
    /// <param name="source">Where a request comes from.</param>
    /// <param name="byItsAddress">Whether it came to an address that is this door's alone.</param>
    public bool Admits(IPAddress source, bool byItsAddress)
    {
        foreach (var block in Admitted)
        {
            if (block.Contains(source) && (block.PrefixLength > 0 || byItsAddress || IPAddress.IsLoopback(source) || IsInside(source)))
            {
                return true;
            }
        }

        return false;
    }

    private string NameOf(string zone) => $"{EndpointId}-{Suffix}{zone}.{Service.Labels}.{Region}.vpce.{Service.Domain}";

    private static bool Contains(IReadOnlyList<IPNetwork> blocks, IPAddress address)
    {
        foreach (var block in blocks)
        {
            if (block.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
