using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Addresses;

/// <summary>Has an elastic address lead to an instance or a network interface.</summary>
internal sealed class AssociateAddress(Networks networks) : Ec2Operation<AssociateAddress.Request, AssociateAddress.Response>
{
    public sealed record Request : Ec2Request
    {
        public string? AllocationId { get; init; }

        public string? InstanceId { get; init; }

        public string? NetworkInterfaceId { get; init; }

        public string? PrivateIpAddress { get; init; }

        public bool? AllowReassociation { get; init; }
    }

    public sealed record Response(bool Return, string AssociationId);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) => [NetworkKind.ElasticAddress.ArnOf(call.Registry, request.AllocationId ?? "*"), request.InstanceId is { } id ? NetworkKind.Instance.ArnOf(call.Registry, id) : NetworkKind.NetworkInterface.ArnOf(call.Registry, request.NetworkInterfaceId ?? "*")];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = request.AllocationId ?? throw NetworkRefused.Missing("allocationId").AsException();
        if (request.InstanceId is null == request.NetworkInterfaceId is null)
        {
            throw (request.InstanceId is null
                ? NetworkRefused.Missing("instanceId or networkInterfaceId")
                : NetworkRefused.Combination("You may specify an instance ID or a network interface ID, but not both.")).AsException();
        }

        var target = new AddressTarget(request.InstanceId, request.NetworkInterfaceId, request.PrivateIpAddress, request.AllowReassociation is not false);
        return new(Return: true, (await networks.ElasticAddresses.AssociateAsync(call.Registry, id, target, cancel)).Id);
    }
}
