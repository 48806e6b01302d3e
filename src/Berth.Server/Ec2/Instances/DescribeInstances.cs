using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.Instances;

/// <summary>Lists instances by what they were started with; those that are over for an hour yet.</summary>
internal sealed class DescribeInstances(Networks networks, Pages pages) : Ec2Operation<DescribeInstances.Request, DescribeInstances.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("InstanceId")]
        public IReadOnlyList<string>? InstanceIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("reservationSet")] IReadOnlyList<ReservationDetail> Reservations, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.InstanceIds, InstanceView.ListingOf(networks), cancel);
        return new(ReservationDetail.All(rows), next);
    }
}
