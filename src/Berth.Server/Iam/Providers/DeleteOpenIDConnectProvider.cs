using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Providers;

/// <summary>Forgets an OpenID Connect provider; its tokens are good for nothing from then on.</summary>
internal sealed class DeleteOpenIDConnectProvider(OidcProviders providers)
    : Operation<DeleteOpenIDConnectProvider.Request, DeleteOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await providers.DeleteAsync(call.Caller.Account, request.OpenIDConnectProviderArn, cancel);
        return new();
    }
}
