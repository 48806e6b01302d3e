using Berth.Identity.Delivery;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>
/// Gives a machine a new secret, and tells it this once; the one before proves nothing more. It is how the operator of an instance gets
/// one, as EC2's answer to RunInstances has no place for it.
/// </summary>
internal sealed class RenewMachineSecret(Machines machines) : Operation<RenewMachineSecret.Request, RenewMachineSecret.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.InstanceId)]
        public required string InstanceId { get; init; }
    }

    public sealed record Response(string InstanceId, string Secret);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => Machine.ArnOf(call.Registry, request.InstanceId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(request.InstanceId, await machines.RenewSecretAsync(call.Registry, request.InstanceId, cancel));
}
