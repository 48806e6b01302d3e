using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Places;

/// <summary>Lists the three zones of the Region, of which Berth tells no difference.</summary>
internal sealed class DescribeAvailabilityZones() : Ec2Operation<DescribeAvailabilityZones.Request, DescribeAvailabilityZones.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("Filter")]
        public IReadOnlyList<Filter>? Filters { get; init; }

        [JsonPropertyName("ZoneName")]
        public IReadOnlyList<string>? ZoneNames { get; init; }

        [JsonPropertyName("ZoneId")]
        public IReadOnlyList<string>? ZoneIds { get; init; }

        public bool? AllAvailabilityZones { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("availabilityZoneInfo")] IReadOnlyList<ZoneDetail> AvailabilityZones);

    private static readonly Filters<ZoneDetail> Known = new(
        objectOf: null,
        ("zone-name", zone => [zone.ZoneName]),
        ("zone-id", zone => [zone.ZoneId]),
        ("region-name", zone => [zone.RegionName]),
        ("group-name", zone => [zone.GroupName]),
        ("zone-type", zone => [zone.ZoneType]),
        ("opt-in-status", zone => [zone.OptInStatus]),
        ("state", zone => [zone.State]));

    /// <summary>A zone as answers tell of it (EC2's shape <c>AvailabilityZone</c>).</summary>
    public sealed record ZoneDetail(string ZoneName, string ZoneId, string RegionName)
    {
        public string GroupName => $"{RegionName}-zg-1";

        public string NetworkBorderGroup => RegionName;

        public string OptInStatus { get; init; } = "opt-in-not-required";

        public string ZoneType { get; init; } = "availability-zone";

        [JsonPropertyName("zoneState")]
        public string State { get; init; } = "available";
    }

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var matches = Known.Read(request.Filters);
        var all = Zone.Of(call.Region).Select(zone => new ZoneDetail(zone.Name, zone.Id, call.Region.ToString())).ToList();
        foreach (var name in request.ZoneNames ?? [])
        {
            if (!all.Exists(zone => string.Equals(zone.ZoneName, name, StringComparison.Ordinal)))
            {
                throw NetworkRefused.Invalid($"Invalid availability zone: [{name}]").AsException();
            }
        }

        await Task.CompletedTask;
        return new(
        [
            .. all.Where(zone =>
                (request.ZoneNames?.Contains(zone.ZoneName, StringComparer.Ordinal) ?? true)
                && (request.ZoneIds?.Contains(zone.ZoneId, StringComparer.Ordinal) ?? true)
                && matches(zone)),
        ]);
    }
}
