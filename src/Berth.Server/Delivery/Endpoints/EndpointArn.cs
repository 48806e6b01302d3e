using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>What policies call an account's endpoints as this service knows them: those of others only the managing account may see or set.</summary>
internal static class EndpointArn
{
    /// <summary>The resource of a request on an account: <c>*</c> for the caller's own.</summary>
    public static string Of(Organization organization, Call call, string? accountId) =>
        accountId is null || string.Equals(accountId, call.Caller.Account.ToString(), StringComparison.Ordinal)
            ? "*"
            : $"arn:{organization.Partition}:berth::{organization.Management}:endpoints/{accountId}";

    /// <summary>The account a request names, or with none named the caller's own.</summary>
    public static AccountId AccountOf(Call call, string? accountId) => accountId is null ? call.Caller.Account : AccountId.Parse(accountId);
}
