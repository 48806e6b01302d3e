using Berth.Identity.Organizations;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>
/// Says whether an account's registries are reached through VPC endpoints only. It holds at once; on other nodes within ten seconds. This
/// service itself asks for no endpoint, so that it can be undone.
/// </summary>
internal sealed class SetEndpointRequirement(DoorsOnly doorsOnly, Organization organization)
    : Operation<SetEndpointRequirement.Request, SetEndpointRequirement.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? AccountId { get; init; }

        public required bool Required { get; init; }
    }

    public sealed record Response(string AccountId, bool Required);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => EndpointArn.Of(organization, call, request.AccountId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var account = EndpointArn.AccountOf(call, request.AccountId);
        await doorsOnly.SetAsync(account, request.Required, cancel);
        return new(account.ToString(), await doorsOnly.HoldsAsync(account, cancel));
    }
}
