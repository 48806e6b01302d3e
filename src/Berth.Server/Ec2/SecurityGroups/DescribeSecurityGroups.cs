using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Lists security groups with their rules.</summary>
internal sealed class DescribeSecurityGroups(Networks networks, Pages pages) : Ec2Operation<DescribeSecurityGroups.Request, DescribeSecurityGroups.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("GroupId")]
        public IReadOnlyList<string>? GroupIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("securityGroupInfo")] IReadOnlyList<SecurityGroupDetail> SecurityGroups, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.GroupIds, GroupView.ListingOf(networks), cancel);
        return new([.. rows.Select(SecurityGroupDetail.Of)], next);
    }
}
