using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Images;

/// <summary>Describes the images named, or page by page all of a repository.</summary>
internal sealed class DescribeImages(ImageListing listing, Berth.Registry.Repositories repositories, PageTokens tokens)
    : Operation<DescribeImages.Request, DescribeImages.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Count(1, 100)]
        public IReadOnlyList<ImageId>? ImageIds { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }

        public ImageFilter? Filter { get; init; }
    }

    public sealed record Response(IReadOnlyList<ImageDetail> ImageDetails, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var filter = request.Filter ?? new();
        return request.ImageIds is { } ids
            ? DescribeNamedAsync(repository, ids, filter, request, cancel)
            : DescribePageAsync(repository, filter, request, cancel);
    }

    private async Task<Response> DescribeNamedAsync(
        RepositoryId repository, IReadOnlyList<ImageId> ids, ImageFilter filter, Request request, CancellationToken cancel)
    {
        Paging.RefuseBeside("imageIds", request.NextToken, request.MaxResults);
        if (ids.Select(id => id.FindFlaw(repository)).FirstOrDefault(flaw => flaw is not null) is { } flaw)
        {
            await repositories.GetAsync(repository, cancel);
            throw flaw.AsException();
        }

        var images = await listing.DescribeAsync(repository, [.. ids.Select(id => id.ToIdentifier())], cancel);
        var admitted = images.Where(filter.Admits).DistinctBy(image => image.Digest);
        return new([.. admitted.Select(image => ImageDetail.Of(repository, image))], NextToken: null);
    }

    private async Task<Response> DescribePageAsync(
        RepositoryId repository, ImageFilter filter, Request request, CancellationToken cancel)
    {
        string[] question = [Name, repository.Arn, .. filter.Question()];
        var after = tokens.Read(question, request.NextToken) is [var digest] ? Digest.Parse(digest) : (Digest?)null;
        var size = request.MaxResults ?? Paging.DefaultSize;
        var page = Page<Image>.Of(
            await listing.DescribeAsync(repository, filter.ByTags(), filter.ByStatus(), after, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(image => ImageDetail.Of(repository, image))],
            page.HasMore ? tokens.Issue(question, $"{page.Rows[^1].Digest}") : null);
    }
}
