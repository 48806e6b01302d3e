using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>Lists the accounts of the deployment.</summary>
internal sealed class ListAccounts(MemberAccounts accounts, Organization organization, PageTokens tokens) : Operation<ListAccounts.Request, ListAccounts.Response>
{
    public sealed record Request
    {
        [Length(0, 100_000), Pattern(OrganizationPatterns.Text)]
        public string? NextToken { get; init; }

        [Range(1, 20)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<AccountDetail> Accounts, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await Pages.ReadAsync(
            tokens, new([Name], request.NextToken, request.MaxResults), (after, limit) => accounts.ListAsync(after, limit, cancel), account => $"{account.Id}");
        return new([.. page.Rows.Select(account => AccountDetail.Of(account, organization))], page.NextToken);
    }
}
