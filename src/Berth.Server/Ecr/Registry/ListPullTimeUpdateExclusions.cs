using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Lists, page by page, the users and roles whose pulls from the caller's registry leave no time behind.</summary>
internal sealed class ListPullTimeUpdateExclusions(PullTimeExclusions exclusions, PageTokens tokens)
    : Operation<ListPullTimeUpdateExclusions.Request, ListPullTimeUpdateExclusions.Response>
{
    public sealed record Request
    {
        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> PullTimeUpdateExclusions, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        string[] question = [Name, call.Registry.RepositoryArn("*")];
        var after = tokens.Read(question, request.NextToken)?[0];
        var size = request.MaxResults ?? Paging.DefaultSize;
        var page = Page<string>.Of(await exclusions.ListAsync(call.Registry, after, size + 1, cancel), size);
        return new(page.Rows, page.HasMore ? tokens.Issue(question, page.Rows[^1]) : null);
    }
}
