using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Routing;

/// <summary>Lists route tables.</summary>
internal sealed class DescribeRouteTables(Networks networks, Pages pages) : Ec2Operation<DescribeRouteTables.Request, DescribeRouteTables.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("RouteTableId")]
        public IReadOnlyList<string>? RouteTableIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("routeTableSet")] IReadOnlyList<RouteTableDetail> RouteTables, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.RouteTableIds, RouteTableView.ListingOf(networks), cancel);
        return new([.. rows.Select(RouteTableDetail.Of)], next);
    }
}
