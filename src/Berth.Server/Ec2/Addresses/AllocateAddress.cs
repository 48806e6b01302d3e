using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Addresses;

/// <summary>Gives the account an elastic address, out of the ranges kept for documentation: Berth has no public ones.</summary>
internal sealed class AllocateAddress(Networks networks, Authorizer authorizer) : Ec2Creation<AllocateAddress.Request, AllocateAddress.Response>(authorizer, NetworkKind.ElasticAddress)
{
    public sealed record Request : Ec2CreationRequest
    {
        public string? Domain { get; init; }
    }

    public sealed record Response(string PublicIp, string AllocationId, string PublicIpv4Pool, string NetworkBorderGroup, string Domain);

    protected override string Resource(Call call, Request request) => NetworkKind.ElasticAddress.ArnOf(call.Registry, "*");

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.Domain is not (null or "vpc"))
        {
            throw NetworkRefused.Value(request.Domain, "domain").AsException();
        }

        var made = await networks.ElasticAddresses.AllocateAsync(call.Registry, TagsOf(request), cancel);
        return new(made.PublicIp, made.Id, "amazon", call.Region.ToString(), "vpc");
    }
}
