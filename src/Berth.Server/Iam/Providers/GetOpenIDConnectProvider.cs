using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Providers;

/// <summary>Describes an OpenID Connect provider.</summary>
internal sealed class GetOpenIDConnectProvider(OidcProviders providers, IamEntities entities)
    : Operation<GetOpenIDConnectProvider.Request, GetOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }
    }

    public sealed record Response(
        string Url,
        IReadOnlyList<string> ClientIDList,
        IReadOnlyList<string> ThumbprintList,
        DateTimeOffset CreateDate,
        IReadOnlyList<TagEntry>? Tags);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (entity, url, clients, thumbprints) = await providers.GetAsync(call.Caller.Account, request.OpenIDConnectProviderArn, cancel);
        var tags = await entities.ListTagsAsync(entity.Id, cancel);
        return new(url.Name, clients, thumbprints, entity.CreatedAt, TagEntry.Of(tags));
    }
}
