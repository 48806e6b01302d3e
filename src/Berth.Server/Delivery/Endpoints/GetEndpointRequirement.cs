using Berth.Identity.Organizations;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>Tells whether an account's registries are reached through VPC endpoints only, and whether the whole deployment's are.</summary>
internal sealed class GetEndpointRequirement(DoorsOnly doorsOnly, Organization organization)
    : Operation<GetEndpointRequirement.Request, GetEndpointRequirement.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? AccountId { get; init; }
    }

    public sealed record Response(string AccountId, bool Required, bool RequiredForAll);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => EndpointArn.Of(organization, call, request.AccountId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var account = EndpointArn.AccountOf(call, request.AccountId);
        return new(account.ToString(), await doorsOnly.IsChosenAsync(account, cancel), doorsOnly.IsAlways);
    }
}
