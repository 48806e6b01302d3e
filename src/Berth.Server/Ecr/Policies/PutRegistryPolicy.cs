using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Policies;

/// <summary>Sets or replaces the policy of the caller's registry.</summary>
internal sealed class PutRegistryPolicy(RegistryPolicies policies)
    : Operation<PutRegistryPolicy.Request, PutRegistryPolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 10_240)]
        public required string PolicyText { get; init; }
    }

    public sealed record Response(string RegistryId, string PolicyText);

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(call.Registry.Account.ToString(), await policies.PutAsync(call.Registry, request.PolicyText, call.Caller, cancel));
}
