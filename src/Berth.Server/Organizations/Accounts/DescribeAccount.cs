using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>Describes an account.</summary>
internal sealed class DescribeAccount(MemberAccounts accounts, Organization organization) : Operation<DescribeAccount.Request, DescribeAccount.Response>
{
    public sealed record Request
    {
        [Length(0, 12), Pattern(OrganizationPatterns.AccountId)]
        public required string AccountId { get; init; }
    }

    public sealed record Response(AccountDetail Account);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(AccountDetail.Of(await accounts.GetAsync(request.AccountId, cancel), organization));
}
