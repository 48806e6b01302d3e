using Berth.Network;
using Berth.Server.Gate.LayerBucket;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>A VPC endpoint with the names that mean it.</summary>
/// <param name="VpcEndpointId">The endpoint.</param>
/// <param name="ServiceName">What it leads to.</param>
/// <param name="VpcId">The VPC that it is a door of.</param>
/// <param name="Region">Where it is.</param>
/// <param name="DnsNames">Its own names, which mean it everywhere.</param>
/// <param name="PrivateDnsNames">The public names that mean it inside its network; one may begin with <c>*.</c>.</param>
/// <param name="Addresses">The addresses that are its alone, as configured; none for one that is met where the server listens.</param>
internal sealed record EndpointDetail(
    string VpcEndpointId,
    string ServiceName,
    string VpcId,
    string Region,
    IReadOnlyList<string> DnsNames,
    IReadOnlyList<string> PrivateDnsNames,
    IReadOnlyList<string> Addresses);

/// <summary>What VPC endpoints go by.</summary>
/// <param name="doors">The endpoints.</param>
/// <param name="addresses">The addresses of their own that some have by configuration.</param>
internal sealed class EndpointNames(Berth.Network.Doors doors, ILookup<string, string> addresses)
{
    /// <summary>The endpoints of an account, in the order of their ids.</summary>
    public async Task<IReadOnlyList<Door>> ListAsync(AccountId account, string after, int limit, CancellationToken cancel) =>
    [
        .. (await doors.GetAsync(cancel)).All
            .Where(door => door.Owner == account && string.CompareOrdinal(door.EndpointId, after) > 0)
            .OrderBy(door => door.EndpointId, StringComparer.Ordinal)
            .Take(limit),
    ];

    /// <summary>An endpoint with its names.</summary>
    public EndpointDetail DetailOf(Door door) => new(
        door.EndpointId,
        door.Service.Name,
        door.VpcId,
        door.Region.ToString(),
        door.Service.IsGateway ? [] : door.OwnNames,
        PrivateNamesOf(door),
        [.. addresses[door.EndpointId]]);

    private static string[] PrivateNamesOf(Door door) =>
        door.Service.IsGateway ? [$"{BucketAddress.BucketOf(door.Region)}.s3.{door.Region}.{door.Service.Domain}"]
        : door.HasPrivateDns ? [door.Service.PrivateName]
        : [];
}
