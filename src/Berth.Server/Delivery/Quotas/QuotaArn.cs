using Berth.Identity.Organizations;
using Berth.Server.Aws;

namespace Berth.Server.Delivery.Quotas;

/// <summary>
/// What policies call an account's quotas. They belong to the account that manages the organization: who is limited cannot lift the limit.
/// </summary>
internal static class QuotaArn
{
    /// <summary>The ARN of one quota of an account, or with <c>*</c> for the name that of all.</summary>
    public static string Of(Organization organization, string account, string name) =>
        $"arn:{organization.Partition}:berth::{organization.Management}:quota/{account}/{name}";

    /// <summary>The account a request names, or with none named the caller's own.</summary>
    public static string AccountOf(Call call, string? accountId) => accountId ?? call.Caller.Account.ToString();
}
