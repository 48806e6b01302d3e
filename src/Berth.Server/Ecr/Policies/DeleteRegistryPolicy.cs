using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Policies;

/// <summary>Removes the policy of the caller's registry.</summary>
internal sealed class DeleteRegistryPolicy(RegistryPolicies policies)
    : Operation<DeleteRegistryPolicy.Request, DeleteRegistryPolicy.Response>
{
    public sealed record Request;

    public sealed record Response(string RegistryId, string PolicyText);

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(call.Registry.Account.ToString(), await policies.DeleteAsync(call.Registry, cancel));
}
