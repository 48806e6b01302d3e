using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Lists internet gateways.</summary>
internal sealed class DescribeInternetGateways(Pages pages) : Ec2Operation<DescribeInternetGateways.Request, DescribeInternetGateways.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("InternetGatewayId")]
        public IReadOnlyList<string>? InternetGatewayIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("internetGatewaySet")] IReadOnlyList<InternetGatewayDetail> InternetGateways, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.InternetGatewayIds, InternetGatewayDetail.Listing, cancel);
        return new([.. rows.Select(InternetGatewayDetail.Of)], next);
    }
}
