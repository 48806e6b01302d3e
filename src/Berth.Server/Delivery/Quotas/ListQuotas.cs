using Berth.Identity.Organizations;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Quotas;

/// <summary>
/// Lists the quotas of an account that can be set, with their values. Every account may be allowed to see its own; those of others only
/// the account that manages the organization.
/// </summary>
internal sealed class ListQuotas(AccountQuotas quotas, Organization organization) : Operation<ListQuotas.Request, ListQuotas.Response>
{
    public sealed record Request
    {
        [Pattern("[0-9]{12}")]
        public string? AccountId { get; init; }
    }

    public sealed record Response(string AccountId, IReadOnlyList<QuotaDetail> Quotas);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request)
    {
        var (account, own) = (QuotaArn.AccountOf(call, request.AccountId), call.Caller.Account.ToString());
        return string.Equals(account, own, StringComparison.Ordinal) ? "*" : QuotaArn.Of(organization, account, "*");
    }

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var account = QuotaArn.AccountOf(call, request.AccountId);
        var held = await quotas.FindAsync(AccountId.Parse(account), cancel);
        return new(account, [.. Quota.All.Select(quota => QuotaDetail.Of(quota, held, quotas.Defaults))]);
    }
}
