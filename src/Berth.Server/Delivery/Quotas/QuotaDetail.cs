using Berth.Registry;

namespace Berth.Server.Delivery.Quotas;

/// <summary>A quota as answers tell of it.</summary>
/// <param name="QuotaName">Such as <c>images-per-repository</c>, or <c>rate/ecr:PutImage</c>.</param>
/// <param name="Value">What holds for the account; 0 for a rate that is not limited.</param>
/// <param name="DefaultValue">What holds where nothing is set.</param>
/// <param name="Summary">What it bounds, in which unit.</param>
internal sealed record QuotaDetail(string QuotaName, long Value, long DefaultValue, string Summary)
{
    /// <summary>A quota with its two values.</summary>
    public static QuotaDetail Of(Quota quota, Berth.Registry.Quotas account, Berth.Registry.Quotas defaults) =>
        new(quota.Name, quota.Of(account), quota.Of(defaults), quota.Summary);
}
