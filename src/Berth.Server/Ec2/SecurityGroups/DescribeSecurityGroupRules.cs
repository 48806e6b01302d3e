using System.Text.Json.Serialization;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Lists the rules of security groups.</summary>
internal sealed class DescribeSecurityGroupRules(Pages pages) : Ec2Operation<DescribeSecurityGroupRules.Request, DescribeSecurityGroupRules.Response>
{
    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("SecurityGroupRuleId")]
        public IReadOnlyList<string>? SecurityGroupRuleIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("securityGroupRuleSet")] IReadOnlyList<RuleDetail> SecurityGroupRules, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var (rows, next) = await pages.ReadAsync(call, Name, request, request.SecurityGroupRuleIds, RuleDetail.Listing, cancel);
        return new([.. rows.Select(RuleDetail.Of)], next);
    }
}
