using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Providers;

/// <summary>Registers an OpenID Connect provider, so that roles can trust its tokens.</summary>
internal sealed class CreateOpenIDConnectProvider(OidcProviders providers, Authorizer authorizer)
    : Operation<CreateOpenIDConnectProvider.Request, CreateOpenIDConnectProvider.Response>
{
    public sealed record Request
    {
        [Length(1, 255)]
        public required string Url { get; init; }

        [Length(1, 255)]
        public IReadOnlyList<string>? ClientIDList { get; init; }

        [Length(40, 40)]
        public IReadOnlyList<string>? ThumbprintList { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response(string OpenIDConnectProviderArn, IReadOnlyList<TagEntry>? Tags);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => ArnOf(call, OidcUrl.Parse(request.Url));

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => TagEntry.Keys(request.Tags);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var url = OidcUrl.Parse(request.Url);
        if (request.Tags is { Count: > 0 })
        {
            await authorizer.AuthorizeAsync(call.To("iam:TagOpenIDConnectProvider", ArnOf(call, url), [.. Keys(request)]), cancel);
        }

        var tags = TagEntry.ToTags(request.Tags);
        var asked = new NewOidcProvider(url) { ClientIds = request.ClientIDList ?? [], Thumbprints = request.ThumbprintList ?? [], Tags = tags };
        var provider = await providers.CreateAsync(call.Scope, asked, cancel);
        return new(provider.Entity.Arn, TagEntry.Of(tags));
    }

    private static string ArnOf(Call call, OidcUrl url) => new EntityName(call.Scope, EntityKind.OidcProvider, url.Name).ArnUnder("/");
}
