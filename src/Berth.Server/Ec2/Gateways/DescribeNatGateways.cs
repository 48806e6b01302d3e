using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Lists NAT gateways; those that were deleted for an hour yet.</summary>
internal sealed class DescribeNatGateways(Pages pages) : Ec2Operation<DescribeNatGateways.Request, DescribeNatGateways.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("NatGatewayId")]
        public IReadOnlyList<string>? NatGatewayIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("natGatewaySet")] IReadOnlyList<NatGatewayDetail> NatGateways, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.NatGatewayIds, NatGatewayDetail.Listing, cancel);
        return new([.. rows.Select(NatGatewayDetail.Of)], next);
    }
}
