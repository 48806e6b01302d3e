using Berth.Identity.Delivery;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>Ends the registration of a machine: its secret and certificate prove nothing more, and its sessions end at once.</summary>
internal sealed class RevokeMachine(Machines machines) : Operation<RevokeMachine.Request, RevokeMachine.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.InstanceId)]
        public required string InstanceId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => Machine.ArnOf(call.Registry, request.InstanceId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await machines.RevokeAsync(call.Registry, request.InstanceId, cancel);
        return new();
    }
}
