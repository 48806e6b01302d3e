using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Addresses;

/// <summary>Gives an elastic address back.</summary>
internal sealed class ReleaseAddress(Networks networks) : Ec2Operation<ReleaseAddress.Request, ReleaseAddress.Response>
{
    public sealed record Request : Ec2Request
    {
        public string? AllocationId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => NetworkKind.ElasticAddress.ArnOf(call.Registry, request.AllocationId ?? "*");

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = request.AllocationId ?? throw NetworkRefused.Missing("allocationId").AsException();
        await networks.ElasticAddresses.ReleaseAsync(call.Registry, id, cancel);
        return new();
    }
}
