using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Instances;

/// <summary>Lists network interfaces.</summary>
internal sealed class DescribeNetworkInterfaces(Networks networks, Pages pages) : Ec2Operation<DescribeNetworkInterfaces.Request, DescribeNetworkInterfaces.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("NetworkInterfaceId")]
        public IReadOnlyList<string>? NetworkInterfaceIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("networkInterfaceSet")] IReadOnlyList<InterfaceDetail> NetworkInterfaces, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.NetworkInterfaceIds, InterfaceView.ListingOf(networks), cancel);
        return new([.. rows.Select(InterfaceDetail.Of)], next);
    }
}
