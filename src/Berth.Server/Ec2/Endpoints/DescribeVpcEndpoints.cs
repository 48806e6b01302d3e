using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>Tells of endpoints with their names, interfaces and policies.</summary>
internal sealed class DescribeVpcEndpoints(Networks networks, Pages pages) : Ec2Operation<DescribeVpcEndpoints.Request, DescribeVpcEndpoints.Response>
{
    private readonly Listing<VpcEndpoint, View> listing = new(
        new(
            view => view.Endpoint,
            ("ip-address-type", view => [view.Shape.IpAddressType]),
            ("service-name", view => [view.Shape.ServiceName]),
            ("service-region", view => [view.Shape.ServiceRegion]),
            ("vpc-endpoint-id", view => [view.Shape.VpcEndpointId]),
            ("vpc-endpoint-state", view => [view.Shape.State]),
            ("vpc-endpoint-type", view => [view.Shape.VpcEndpointType]),
            ("vpc-id", view => [view.Shape.VpcId])),
        async (rows, home, found) =>
        {
            var details = await networks.Endpoints.DetailsAsync(rows, home, found);
            return [.. found.Select(endpoint => new View(endpoint, EndpointShape.Of(endpoint, details)))];
        });

    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("VpcEndpointId")]
        public IReadOnlyList<string>? VpcEndpointIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("vpcEndpointSet")] IReadOnlyList<EndpointShape> VpcEndpoints, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (found, next) = await pages.ReadAsync(call, Name, request, request.VpcEndpointIds, listing, cancel);
        return new([.. found.Select(view => view.Shape)], next);
    }

    private sealed record View(VpcEndpoint Endpoint, EndpointShape Shape);
}
