using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Providers;

/// <summary>Has a provider's tokens no longer accepted for an audience; one that is not there is passed over.</summary>
internal sealed class RemoveClientIDFromOpenIDConnectProvider(OidcProviders providers)
    : Operation<RemoveClientIDFromOpenIDConnectProvider.Request, RemoveClientIDFromOpenIDConnectProvider.Response>
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
            clients => [.. clients.Where(client => !string.Equals(client, request.ClientID, StringComparison.Ordinal))],
            cancel);
        return new();
    }
}
