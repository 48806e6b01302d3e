using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Takes rules on what comes in from a security group, all that are named or none.</summary>
internal sealed class RevokeSecurityGroupIngress(Networks networks) : Ec2Operation<RevokeSecurityGroupIngress.Request, RevokeSecurityGroupIngress.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string GroupId { get; init; }

        public IReadOnlyList<IpPermission>? IpPermissions { get; init; }

        public string? IpProtocol { get; init; }

        public int? FromPort { get; init; }

        public int? ToPort { get; init; }

        public string? CidrIp { get; init; }

        [JsonPropertyName("SecurityGroupRuleId")]
        public IReadOnlyList<string>? SecurityGroupRuleIds { get; init; }
    }

    public sealed record Response(bool Return, [property: JsonPropertyName("revokedSecurityGroupRuleSet")] IReadOnlyList<RevokedRule> RevokedSecurityGroupRules);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.SecurityGroup.ArnOf(call.Registry, request.GroupId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var rules = networks.SecurityGroupRules;
        var permissions = RuleInput.Of(request.IpPermissions, request.IpProtocol, request.FromPort, request.ToPort, request.CidrIp);
        if (permissions is not null && request.SecurityGroupRuleIds is not null)
        {
            throw NetworkRefused.Combination("The parameters ipPermissions and securityGroupRuleIds may not be specified together.").AsException();
        }

        var gone = request.SecurityGroupRuleIds is { } ids
            ? await rules.RemoveAsync(call.Registry, request.GroupId, isEgress: false, ids, cancel)
            : await rules.RemoveAsync(call.Registry, request.GroupId, IpPermission.Read(permissions, call.Registry, isEgress: false), cancel);
        return new(Return: true, [.. gone.Select(RevokedRule.Of)]);
    }
}
