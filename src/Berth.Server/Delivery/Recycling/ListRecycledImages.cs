using System.Globalization;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Recycling;

/// <summary>Lists page by page the deleted images of a repository that can be taken back, the latest deleted first.</summary>
internal sealed class ListRecycledImages(RecycledImages images, Retention retention, PageTokens tokens)
    : Operation<ListRecycledImages.Request, ListRecycledImages.Response>
{
    private const int DefaultSize = 100;

    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, IReadOnlyList<RecycledImageDetail> Images, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        string[] question = [Name, repository.Arn];
        (DateTimeOffset, Digest)? after = tokens.Read(question, request.NextToken) is [var at, var digest]
            ? (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Digest.Parse(digest))
            : null;
        var size = request.MaxResults ?? DefaultSize;
        var page = Page<RecycledImage>.Of(await images.ListAsync(repository, after, size + 1, cancel), size);
        return new(
            repository.Account.ToString(),
            repository.Name.ToString(),
            [.. page.Rows.Select(image => RecycledImageDetail.Of(image, retention))],
            page.HasMore ? tokens.Issue(question, PlaceOf(page.Rows[^1])) : null);
    }

    private static string[] PlaceOf(RecycledImage last) =>
        [last.DeletedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), last.Digest.ToString()];
}
