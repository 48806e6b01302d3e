using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Providers;

/// <summary>Adds tags to a provider, or changes those that are there.</summary>
internal sealed class TagOpenIDConnectProvider(OidcProviders providers, IamEntities entities)
    : Operation<TagOpenIDConnectProvider.Request, TagOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }

        [Count(0, 50)]
        public required IReadOnlyList<TagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var provider = await providers.GetAsync(call.Caller.Account, request.OpenIDConnectProviderArn, cancel);
        var name = new EntityName(call.Scope, EntityKind.OidcProvider, provider.Entity.Name);
        await entities.TagAsync(name, TagEntry.ToTags(request.Tags), cancel);
        return new();
    }
}
