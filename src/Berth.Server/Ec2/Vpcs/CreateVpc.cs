using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Vpcs;

/// <summary>Makes a VPC. It has IPv4 addresses only.</summary>
internal sealed class CreateVpc(Networks networks, Authorizer authorizer) : Ec2Creation<CreateVpc.Request, CreateVpc.Response>(authorizer, NetworkKind.Vpc)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string CidrBlock { get; init; }

        public string? InstanceTenancy { get; init; }

        public bool? AmazonProvidedIpv6CidrBlock { get; init; }
    }

    public sealed record Response(VpcDetail Vpc);

    protected override string Resource(Call call, Request request) => NetworkKind.Vpc.ArnOf(call.Registry, "*");

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.AmazonProvidedIpv6CidrBlock is true)
        {
            throw NetworkRefused.Unsupported("amazonProvidedIpv6CidrBlock").AsException();
        }

        if (request.InstanceTenancy is not (null or "default" or "dedicated"))
        {
            throw NetworkRefused.Value(request.InstanceTenancy, "instanceTenancy").AsException();
        }

        return new(VpcDetail.Of(await networks.Vpcs.CreateAsync(
            new()
            {
                Home = call.Registry,
                Cidr = request.CidrBlock,
                CidrAssociationId = "vpc-cidr-assoc-" + networks.Objects.Ids.NewGuid().ToString("N")[^17..],
                Tenancy = request.InstanceTenancy ?? "default",
                Tags = TagsOf(request),
            },
            cancel)));
    }
}
