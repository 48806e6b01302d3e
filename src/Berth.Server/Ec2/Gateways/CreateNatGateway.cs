using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Gateways;

/// <summary>Makes a NAT gateway, which is there at once.</summary>
internal sealed class CreateNatGateway(Networks networks, Authorizer authorizer) : Ec2Creation<CreateNatGateway.Request, CreateNatGateway.Response>(authorizer, NetworkKind.NatGateway)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string SubnetId { get; init; }

        public string? AllocationId { get; init; }

        public string? ConnectivityType { get; init; }

        public string? PrivateIpAddress { get; init; }

        public string? ClientToken { get; init; }
    }

    public sealed record Response(NatGatewayDetail NatGateway, string? ClientToken);

    protected override IEnumerable<string> Resources(Call call, Request request) => request.AllocationId is { } address
        ? [NetworkKind.NatGateway.ArnOf(call.Registry, "*"), NetworkKind.Subnet.ArnOf(call.Registry, request.SubnetId), NetworkKind.ElasticAddress.ArnOf(call.Registry, address)]
        : [NetworkKind.NatGateway.ArnOf(call.Registry, "*"), NetworkKind.Subnet.ArnOf(call.Registry, request.SubnetId)];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.ConnectivityType is not (null or "public" or "private"))
        {
            throw NetworkRefused.Value(request.ConnectivityType, "connectivityType").AsException();
        }

        var isPublic = request.ConnectivityType is not "private";
        if (isPublic != request.AllocationId is not null)
        {
            throw (isPublic ? NetworkRefused.Missing("allocationId") : NetworkRefused.Combination("AllocationId cannot be specified for a private NAT gateway.")).AsException();
        }

        var made = new NatGateway
        {
            Home = call.Registry,
            SubnetId = request.SubnetId,
            AllocationId = request.AllocationId,
            InterfaceId = "",
            PrivateAddress = "",
            Tags = TagsOf(request),
            ClientToken = request.ClientToken,
            RequestPrint = RequestPrint.Of(request, request.ClientToken),
        };
        return new(NatGatewayDetail.Of(await networks.NatGateways.CreateAsync(made, request.PrivateIpAddress, cancel)), request.ClientToken);
    }
}
