using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Providers;

/// <summary>Lists a provider's tags page by page.</summary>
internal sealed class ListOpenIDConnectProviderTags(OidcProviders providers, IamEntities entities, PageTokens tokens)
    : Operation<ListOpenIDConnectProviderTags.Request, ListOpenIDConnectProviderTags.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<TagEntry> Tags, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var provider = await providers.GetAsync(call.Caller.Account, request.OpenIDConnectProviderArn, cancel);
        var tags = await entities.ListTagsAsync(provider.Entity.Id, cancel);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, provider.Entity.Arn], request.Marker, request.MaxItems),
            tag => tag.Key.ToLowerInvariant(),
            (after, limit) => Task.FromResult<IReadOnlyList<EntityTag>>(
                [.. tags.Where(tag => string.CompareOrdinal(tag.Key.ToLowerInvariant(), after) > 0).Take(limit)]));
        return new(TagEntry.All(page.Rows), page.IsTruncated, page.Marker);
    }
}
