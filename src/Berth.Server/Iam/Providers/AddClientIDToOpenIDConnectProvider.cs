using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Providers;

/// <summary>Has a provider's tokens accepted for one audience more; one that is there already stays.</summary>
internal sealed class AddClientIDToOpenIDConnectProvider(OidcProviders providers)
    : Operation<AddClientIDToOpenIDConnectProvider.Request, AddClientIDToOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }

        [Length(1, 255)]
        public required string ClientID { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await providers.ChangeClientsAsync(
            call.Caller.Account,
            request.OpenIDConnectProviderArn,
            clients => [.. clients.Append(request.ClientID).Distinct(StringComparer.Ordinal)],
            cancel);
        return new();
    }
}
