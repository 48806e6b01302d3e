using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Vpcs;

/// <summary>Lists VPCs.</summary>
internal sealed class DescribeVpcs(Pages pages) : Ec2Operation<DescribeVpcs.Request, DescribeVpcs.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("VpcId")]
        public IReadOnlyList<string>? VpcIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("vpcSet")] IReadOnlyList<VpcDetail> Vpcs, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.VpcIds, VpcDetail.Listing, cancel);
        return new([.. rows.Select(VpcDetail.Of)], next);
    }
}
