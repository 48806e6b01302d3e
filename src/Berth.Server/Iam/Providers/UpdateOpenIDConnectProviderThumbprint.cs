using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Providers;

/// <summary>Replaces the certificates by which a provider is known that the system does not trust.</summary>
internal sealed class UpdateOpenIDConnectProviderThumbprint(OidcProviders providers)
    : Operation<UpdateOpenIDConnectProviderThumbprint.Request, UpdateOpenIDConnectProviderThumbprint.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }

        [Length(40, 40)]
        public required IReadOnlyList<string> ThumbprintList { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await providers.ReplaceThumbprintsAsync(call.Caller.Account, request.OpenIDConnectProviderArn, request.ThumbprintList, cancel);
        return new();
    }
}
