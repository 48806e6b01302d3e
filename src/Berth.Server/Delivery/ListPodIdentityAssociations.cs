using Berth.Identity.Delivery;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>Lists page by page which pods are handed which roles in the caller's account and the Region.</summary>
internal sealed class ListPodIdentityAssociations(PodAssociations associations, PageTokens tokens)
    : Operation<ListPodIdentityAssociations.Request, ListPodIdentityAssociations.Response>
{
    private const int DefaultSize = 100;

    public sealed record Request
    {
        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<PodAssociationDetail> Associations, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        string[] question = [Name, $"{call.Registry}"];
        var size = request.MaxResults ?? DefaultSize;
        var after = tokens.Read(question, request.NextToken)?[0];
        var page = Page<PodAssociation>.Of(await associations.ListAsync(call.Registry, after, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(PodAssociationDetail.Of)],
            page.HasMore ? tokens.Issue(question, page.Rows[^1].Id) : null);
    }
}
