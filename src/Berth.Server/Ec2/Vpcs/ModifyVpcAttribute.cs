using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Vpcs;

/// <summary>Changes whether a VPC is said to resolve names, or to give them.</summary>
internal sealed class ModifyVpcAttribute(Networks networks) : Ec2Operation<ModifyVpcAttribute.Request, ModifyVpcAttribute.Response>
{
    public sealed record Request : Ec2Request
    {
        public required string VpcId { get; init; }

        public AttributeFlag? EnableDnsSupport { get; init; }

        public AttributeFlag? EnableDnsHostnames { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId);

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request is { EnableDnsSupport: not null, EnableDnsHostnames: not null })
        {
            throw NetworkRefused.Combination("Fields for multiple attribute types specified").AsException();
        }

        if ((request.EnableDnsSupport ?? request.EnableDnsHostnames)?.Value is not { } value)
        {
            throw NetworkRefused.Missing("enableDnsSupport").AsException();
        }

        await networks.Vpcs.ChangeAsync(
            call.Registry,
            request.VpcId,
            vpc => request.EnableDnsSupport is null ? vpc with { DnsHostnames = value } : vpc with { DnsSupport = value },
            cancel);
        return new();
    }
}
