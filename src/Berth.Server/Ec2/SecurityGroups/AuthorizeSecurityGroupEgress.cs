using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.SecurityGroups;

/// <summary>Adds rules on what goes out to a security group.</summary>
internal sealed class AuthorizeSecurityGroupEgress(Networks networks, Authorizer authorizer) : Ec2Creation<AuthorizeSecurityGroupEgress.Request, AuthorizeSecurityGroupEgress.Response>(authorizer, NetworkKind.SecurityGroupRule)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string GroupId { get; init; }

        public IReadOnlyList<IpPermission>? IpPermissions { get; init; }

        public string? IpProtocol { get; init; }

        public int? FromPort { get; init; }

        public int? ToPort { get; init; }

        public string? CidrIp { get; init; }
    }

    public sealed record Response(bool Return, [property: JsonPropertyName("securityGroupRuleSet")] IReadOnlyList<RuleDetail> SecurityGroupRules);

    protected override string Resource(Call call, Request request) => NetworkKind.SecurityGroup.ArnOf(call.Registry, request.GroupId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var permissions = RuleInput.Of(request.IpPermissions, request.IpProtocol, request.FromPort, request.ToPort, request.CidrIp);
        var made = await networks.SecurityGroupRules.AddAsync(
            call.Registry, request.GroupId, IpPermission.Read(permissions, call.Registry, isEgress: true, TagsOf(request)), cancel);
        return new(Return: true, [.. made.Select(RuleDetail.Of)]);
    }
}
