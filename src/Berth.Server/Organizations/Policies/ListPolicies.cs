using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Lists the policies of a type.</summary>
internal sealed class ListPolicies(OrganizationPolicies policies, Organization organization, PageTokens tokens) : Operation<ListPolicies.Request, ListPolicies.Response>
{
    public sealed record Request : PolicyFilter;

    public sealed record Response(IReadOnlyList<PolicySummary> Policies, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var type = PolicyTypeSummary.Get(request.Filter);
        var page = await Pages.ReadAsync(
            tokens, new([Name, type], request.NextToken, request.MaxResults), (after, limit) => policies.ListAsync(type, after, limit, cancel), policy => policy.Id);
        return new([.. page.Rows.Select(policy => PolicySummary.Of(policy, organization))], page.NextToken);
    }
}
