using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Providers;

/// <summary>Removes tags from a provider.</summary>
internal sealed class UntagOpenIDConnectProvider(OidcProviders providers, IamEntities entities)
    : Operation<UntagOpenIDConnectProvider.Request, UntagOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string OpenIDConnectProviderArn { get; init; }

        [Count(0, 50), Length(1, 128), Pattern(Patterns.TagKey)]
        public required IReadOnlyList<string> TagKeys { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => request.OpenIDConnectProviderArn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => RequestTags.OfKeys(request.TagKeys);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var provider = await providers.GetAsync(call.Caller.Account, request.OpenIDConnectProviderArn, cancel);
        var name = new EntityName(call.Scope, EntityKind.OidcProvider, provider.Entity.Name);
        await entities.UntagAsync(name, request.TagKeys, cancel);
        return new();
    }
}
