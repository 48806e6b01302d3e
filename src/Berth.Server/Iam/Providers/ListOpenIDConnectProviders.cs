using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Providers;

/// <summary>Lists the OpenID Connect providers of the account, of which there are at most a hundred.</summary>
internal sealed class ListOpenIDConnectProviders(IamEntities entities)
    : Operation<ListOpenIDConnectProviders.Request, ListOpenIDConnectProviders.Response>
{
    private const int Most = 1000;

    public sealed record Request;

    public sealed record Response(IReadOnlyList<Provider> OpenIDConnectProviderList);

    /// <summary>A provider by its ARN, which is all that a list says.</summary>
    public sealed record Provider(string Arn);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var providers = await entities.ListAsync(call.Scope, EntityKind.OidcProvider, new(After: null, Most), cancel);
        return new([.. providers.Select(provider => new Provider(provider.Arn))]);
    }
}
