using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Vpcs;

/// <summary>Shows one attribute of a VPC.</summary>
internal sealed class DescribeVpcAttribute(Networks networks) : Ec2Operation<DescribeVpcAttribute.Request, DescribeVpcAttribute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string VpcId { get; init; }

        public required string Attribute { get; init; }
    }

    public sealed record Response(string VpcId, AttributeFlag? EnableDnsSupport, AttributeFlag? EnableDnsHostnames);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var vpc = await networks.Objects.ReadAsync(rows => networks.Objects.GetAsync<Vpc>(rows, call.Registry, request.VpcId), cancel);
        return request.Attribute switch
        {
            "enableDnsSupport" => new(vpc.Id, new() { Value = vpc.DnsSupport }, EnableDnsHostnames: null),
            "enableDnsHostnames" => new(vpc.Id, EnableDnsSupport: null, new() { Value = vpc.DnsHostnames }),
            _ => throw NetworkRefused.Value(request.Attribute, "attribute", "Unknown attribute.").AsException(),
        };
    }
}
