using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Tags;

/// <summary>Removes resource tags from a repository; keys that it does not have are passed over.</summary>
internal sealed class UntagResource(ResourceTags tags) : Operation<UntagResource.Request, UntagResource.Response>
{
    public sealed record Request
    {
        public required string ResourceArn { get; init; }

        public required IReadOnlyList<string> TagKeys { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => RepositoryId.ParseArn(request.ResourceArn).Arn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => RequestTags.OfKeys(request.TagKeys);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await tags.UntagAsync(RepositoryId.ParseArn(request.ResourceArn), request.TagKeys, cancel);
        return new();
    }
}
