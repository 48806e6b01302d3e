using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Tags;

/// <summary>Lists the resource tags of a repository.</summary>
internal sealed class ListTagsForResource(ResourceTags tags)
    : Operation<ListTagsForResource.Request, ListTagsForResource.Response>
{
    public sealed record Request
    {
        public required string ResourceArn { get; init; }
    }

    public sealed record Response(IReadOnlyList<ResourceTagEntry> Tags);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => RepositoryId.ParseArn(request.ResourceArn).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var found = await tags.ListAsync(RepositoryId.ParseArn(request.ResourceArn), cancel);
        return new([.. found.Select(ResourceTagEntry.Of)]);
    }
}
