using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Policies;

/// <summary>Gives the policy of the caller's registry.</summary>
internal sealed class GetRegistryPolicy(RegistryPolicies policies)
    : Operation<GetRegistryPolicy.Request, GetRegistryPolicy.Response>
{
    public sealed record Request;

    public sealed record Response(string RegistryId, string PolicyText);

    public override AccessLevel Level => AccessLevel.Read;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(call.Registry.Account.ToString(), await policies.GetAsync(call.Registry, cancel));
}
