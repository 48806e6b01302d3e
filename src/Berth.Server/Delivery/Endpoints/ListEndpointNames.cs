using Berth.Identity.Organizations;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>Lists page by page the VPC endpoints of an account with all names that mean them, for who runs a network's name servers.</summary>
internal sealed class ListEndpointNames(EndpointNames names, Organization organization, PageTokens tokens)
    : Operation<ListEndpointNames.Request, ListEndpointNames.Response>
{
    private const int DefaultSize = 100;

    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? AccountId { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<EndpointDetail> Endpoints, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => EndpointArn.Of(organization, call, request.AccountId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var account = EndpointArn.AccountOf(call, request.AccountId);
        string[] question = [Name, account.ToString()];
        var after = tokens.Read(question, request.NextToken)?[0] ?? "";
        var size = request.MaxResults ?? DefaultSize;
        var page = Page<Door>.Of(await names.ListAsync(account, after, size + 1, cancel), size);
        return new([.. page.Rows.Select(names.DetailOf)], page.HasMore ? tokens.Issue(question, page.Rows[^1].EndpointId) : null);
    }
}
