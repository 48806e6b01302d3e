using Berth.Policy;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Tags;

/// <summary>Adds resource tags to a repository, or changes their values.</summary>
internal sealed class TagResource(ResourceTags tags) : Operation<TagResource.Request, TagResource.Response>
{
    public sealed record Request
    {
        public required string ResourceArn { get; init; }

        public required IReadOnlyList<ResourceTagEntry> Tags { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Tagging;

    protected override string Resource(Call call, Request request) => RepositoryId.ParseArn(request.ResourceArn).Arn;

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.Of([.. request.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = RepositoryId.ParseArn(request.ResourceArn);
        await tags.TagAsync(repository, [.. request.Tags.Select(tag => tag.ToTag())], cancel);
        return new();
    }
}
