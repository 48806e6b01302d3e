using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Images;

/// <summary>Lists the images of a repository page by page: one item per tag, and one for each untagged image.</summary>
internal sealed class ListImages(ImageListing listing, PageTokens tokens)
    : Operation<ListImages.Request, ListImages.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }

        public ImageFilter? Filter { get; init; }
    }

    public sealed record Response(IReadOnlyList<ImageId> ImageIds, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var filter = request.Filter ?? new();
        string[] question = [Name, repository.Arn, .. filter.Question()];
        var after = tokens.Read(question, request.NextToken) switch
        {
            [var digest, var tag] => new ImageIdentifier(Digest.Parse(digest), Tag.Parse(tag)),
            [var digest] => new ImageIdentifier(Digest.Parse(digest), Tag: null),
            _ => null,
        };
        var size = request.MaxResults ?? Paging.DefaultSize;
        var page = Page<ImageIdentifier>.Of(
            await listing.ListAsync(repository, filter.ByTags(), filter.ByStatus(), after, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(ImageId.Of)],
            page.HasMore ? tokens.Issue(question, PlaceOf(page.Rows[^1])) : null);
    }

    private static string[] PlaceOf(ImageIdentifier last) =>
        last.Tag is { } tag ? [$"{last.Digest}", $"{tag}"] : [$"{last.Digest}"];
}
