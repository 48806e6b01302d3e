using System.Globalization;
using Berth.Lifecycle;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Lifecycle;

/// <summary>Gives what the last preview of a lifecycle policy has found: page by page, or of the images named.</summary>
internal sealed class GetLifecyclePolicyPreview(LifecyclePreviews previews, Berth.Registry.Repositories repositories, PageTokens tokens)
    : Operation<GetLifecyclePolicyPreview.Request, GetLifecyclePolicyPreview.Response>
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

        [Range(1, 100)]
        public int? MaxResults { get; init; }

        public PreviewFilter? Filter { get; init; }
    }

    public sealed record Response
    {
        public required string RegistryId { get; init; }

        public required string RepositoryName { get; init; }

        public required string LifecyclePolicyText { get; init; }

        public required string Status { get; init; }

        public string? NextToken { get; init; }

        public required IReadOnlyList<PreviewedImage> PreviewResults { get; init; }

        public PreviewSummary? Summary { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var filter = request.Filter ?? new();
        if (request.ImageIds is { } named)
        {
            Paging.RefuseBeside("imageIds", request.NextToken, request.MaxResults);
            if (named.Select(id => id.FindFlaw(repository)).FirstOrDefault(flaw => flaw is not null and not ImageNotFound) is { } flaw)
            {
                await repositories.GetAsync(repository, cancel);
                throw flaw.AsException();
            }

            var page = await previews.GetAsync(repository, [.. named.Where(id => id.FindFlaw(repository) is null).Select(id => id.ToIdentifier())], cancel);
            return Answer(repository, page, page.Results.Where(filter.Admits));
        }

        string[] question = [Name, repository.Arn, filter.TagStatus ?? "ANY"];
        var after = tokens.Read(question, request.NextToken) is [var preview, var position]
            ? new PreviewPlace(preview, int.Parse(position, CultureInfo.InvariantCulture))
            : null;
        var size = request.MaxResults ?? Paging.DefaultSize;
        var found = await previews.GetAsync(repository, filter.ByTags(), after, size + 1, cancel);
        var rows = Page<PreviewResult>.Of(found.Results, size);
        return Answer(repository, found, rows.Rows) with
        {
            NextToken = rows.HasMore
                ? tokens.Issue(question, found.Preview, rows.Rows[^1].Position.ToString(CultureInfo.InvariantCulture))
                : null,
        };
    }

    private static Response Answer(RepositoryId repository, PreviewPage page, IEnumerable<PreviewResult> results) => new()
    {
        RegistryId = repository.Account.ToString(),
        RepositoryName = repository.Name.ToString(),
        LifecyclePolicyText = page.Document,
        Status = page.Status,
        PreviewResults = [.. results.Select(PreviewedImage.Of)],
        Summary = page.IsComplete ? PreviewSummary.Of(page) : null,
    };
}
