using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A VPC endpoint. The network interfaces of one of type Interface are parts of it.</summary>
public sealed record VpcEndpoint : NetworkObject, INetworkKind
{
    /// <summary>What an endpoint may do that was given no policy.</summary>
    public const string FullAccess = """{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}""";

    private const string ZoneAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.VpcEndpoint;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>Such as <c>com.amazonaws.us-east-1.ecr.api</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>What stands behind the id in its own names.</summary>
    public required string Suffix { get; init; }

    /// <summary>Its policy as it was written; null for <see cref="FullAccess"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>Whether the service's public names mean it inside the VPC.</summary>
    public bool PrivateDns { get; init; }

    /// <summary>The subnets that it has an address in, in the order given; none of a gateway.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>The zones of those subnets.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The groups whose rules say who may use it; none of a gateway.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The tables whose subnets reach a gateway.</summary>
    public IReadOnlyList<string> RouteTableIds { get; init; } = [];

    /// <summary>What it leads to.</summary>
    [JsonIgnore]
    public DoorService Service => DoorService.TryParse(ServiceName, out var service) ? service : throw new FormatException($"'{ServiceName}' has no doors");

    /// <summary>The policy as it is told.</summary>
    [JsonIgnore]
    public string PolicyText => Policy ?? FullAccess;

    /// <summary>What resolves in the VPC and outside, in EC2's order: the Regional name, those of zones, the service's own last.</summary>
    [JsonIgnore]
    public IReadOnlyList<DnsEntry> DnsEntries =>
        Service.IsGateway
            ? []
            :
            [
                .. ToDoor().OwnNames.Select(name => new DnsEntry(name, ZoneOf(Home.Region.ToString()))),
                .. PrivateDns ? [new DnsEntry(Service.PrivateName, ZoneOf(Id))] : Array.Empty<DnsEntry>(),
            ];

    internal override IEnumerable<string?> References => [.. SubnetIds, .. GroupIds, .. RouteTableIds];

    /// <summary>What of it requests meet, but for its networks, rules and policy.</summary>
    internal Door ToDoor() => new(Id, Home.Account, VpcId ?? "", Service)
    {
        Suffix = Suffix,
        Zones = [.. Zones.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        HasPrivateDns = PrivateDns,
        CreatedAt = CreatedAt,
    };

    // Route 53's ids of zones; nothing here is asked by them, so that it is enough that they stay the same.
    private static string ZoneOf(string of)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(of));
        return "Z" + string.Concat(hash.Take(13).Select(value => ZoneAlphabet[value % ZoneAlphabet.Length]));
    }
}

/// <summary>A name that means an endpoint.</summary>
/// <param name="Name">The name; one for all registries begins with <c>*.</c>.</param>
/// <param name="ZoneId">The hosted zone that it is in.</param>
public sealed record DnsEntry(string Name, string ZoneId);
