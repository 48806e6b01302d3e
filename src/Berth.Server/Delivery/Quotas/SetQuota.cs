using Berth.Identity.Organizations;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Quotas;

/// <summary>Sets a quota for an account, or without a value brings its default back. It holds at once; on other nodes within ten seconds.</summary>
internal sealed class SetQuota(AccountQuotas quotas, Organization organization) : Operation<SetQuota.Request, SetQuota.Response>
{
    public sealed record Request
    {
        [Pattern("[0-9]{12}")]
        public string? AccountId { get; init; }

        [Length(1, 128)]
        public required string QuotaName { get; init; }

        public long? Value { get; init; }
    }

    public sealed record Response(string AccountId, QuotaDetail Quota);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        QuotaArn.Of(organization, QuotaArn.AccountOf(call, request.AccountId), request.QuotaName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (account, quota) = (AccountId.Parse(QuotaArn.AccountOf(call, request.AccountId)), Quota.Get(request.QuotaName));
        await quotas.SetAsync(account, quota, request.Value, cancel);
        return new(account.ToString(), QuotaDetail.Of(quota, await quotas.FindAsync(account, cancel), quotas.Defaults));
    }
}
