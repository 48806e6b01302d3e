using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Subnets;

/// <summary>Lists subnets.</summary>
internal sealed class DescribeSubnets(Pages pages) : Ec2Operation<DescribeSubnets.Request, DescribeSubnets.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("SubnetId")]
        public IReadOnlyList<string>? SubnetIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("subnetSet")] IReadOnlyList<SubnetDetail> Subnets, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.SubnetIds, SubnetDetail.Listing, cancel);
        return new([.. rows.Select(SubnetDetail.Of)], next);
    }
}
