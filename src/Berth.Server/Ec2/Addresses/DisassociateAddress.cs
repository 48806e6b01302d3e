using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Addresses;

/// <summary>Has an elastic address lead nowhere.</summary>
internal sealed class DisassociateAddress(Networks networks) : Ec2Operation<DisassociateAddress.Request, DisassociateAddress.Response>
{
    public sealed record Request : Ec2Request
    {
        public string? AssociationId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = request.AssociationId ?? throw NetworkRefused.Missing("associationId").AsException();
        await networks.ElasticAddresses.DisassociateAsync(call.Registry, id, cancel);
        return new();
    }
}
