using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Places;

/// <summary>Lists the Regions that Berth knows of: its own, and the one that is asked.</summary>
internal sealed class DescribeRegions(RegionName own) : Ec2Operation<DescribeRegions.Request, DescribeRegions.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("Filter")]
        public IReadOnlyList<Filter>? Filters { get; init; }

        [JsonPropertyName("RegionName")]
        public IReadOnlyList<string>? RegionNames { get; init; }

        public bool? AllRegions { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("regionInfo")] IReadOnlyList<RegionDetail> Regions);

    private static readonly Filters<RegionDetail> Known = new(
        objectOf: null,
        ("region-name", region => [region.RegionName]),
        ("endpoint", region => [region.Endpoint]),
        ("opt-in-status", region => [region.OptInStatus]));

    /// <summary>A Region as answers tell of it (EC2's shape <c>Region</c>).</summary>
    public sealed record RegionDetail(string RegionName, [property: JsonPropertyName("regionEndpoint")] string Endpoint)
    {
        public string OptInStatus { get; init; } = "opt-in-not-required";
    }

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var matches = Known.Read(request.Filters);
        var all = new[] { own, call.Region }.Distinct().Select(region => new RegionDetail(region.ToString(), $"ec2.{region}.amazonaws.com")).ToList();
        foreach (var name in request.RegionNames ?? [])
        {
            if (!all.Exists(region => string.Equals(region.RegionName, name, StringComparison.Ordinal)))
            {
                throw NetworkRefused.Invalid($"Invalid region names: [{name}]").AsException();
            }
        }

        await Task.CompletedTask;
        return new([.. all.Where(region => (request.RegionNames?.Contains(region.RegionName, StringComparer.Ordinal) ?? true) && matches(region))]);
    }
}
