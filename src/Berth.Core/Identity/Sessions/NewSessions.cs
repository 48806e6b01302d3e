using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Identity.Sessions;

/// <summary>A session that was begun.</summary>
/// <param name="Key">Its key.</param>
/// <param name="PackedPercent">How much of its room its policies and tags take; null for a session with neither.</param>
public sealed record BegunSession(TemporaryKey Key, int? PackedPercent);

/// <summary>Begins sessions, of roles and of users alike, after checking what they are narrowed to.</summary>
public sealed class NewSessions(SessionTokens tokens, Permissions permissions, TimeProvider time)
{
    /// <summary>
    /// Begins a session. Who may was decided before. Faults: <see cref="PolicyMalformed"/>, <see cref="PackedPolicyTooLarge"/>,
    /// <see cref="IdentityValidationFailed"/> for a managed policy that the owner's account does not have.
    /// </summary>
    public async Task<BegunSession> BeginAsync(NewSession asked, CancellationToken cancel)
    {
        await CheckAsync(asked.Limits, asked.Principal.Account, cancel);
        var percent = PackedSize.PercentOf(asked.Limits, asked.Tags);
        var now = time.GetUtcNow();
        return new(
            tokens.Issue(asked.Principal, new()
            {
                OwnerId = asked.OwnerId,
                RegistrationId = asked.RegistrationId,
                IssuedAt = now,
                ExpiresAt = now + asked.Length,
                IsNarrowed = asked.IsNarrowed || asked.Limits.AreGiven,
                Policies = asked.Limits.Policy is { } policy ? [policy] : [],
                PolicyArns = asked.Limits.PolicyArns,
                Tags = asked.Tags.All,
                TransitiveTagKeys = asked.Tags.TransitiveKeys,
                Keys = asked.Keys,
            }),
            percent);
    }

    private async Task CheckAsync(SessionLimits limits, AccountId account, CancellationToken cancel)
    {
        if (limits.Policy is { } policy)
        {
            PolicyTexts.CheckIdentity(policy);
        }

        if (limits.PolicyArns.Count > SessionLimits.MostPolicies)
        {
            throw new IdentityValidationFailed(
                "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: "
                + $"Member must have length less than or equal to {SessionLimits.MostPolicies}").AsException();
        }

        foreach (var arn in limits.PolicyArns)
        {
            var isOfAccount = arn.Split(':', 6) is ["arn", _, "iam", "", var owner, _] && (owner is "aws" || string.Equals(owner, account.ToString(), StringComparison.Ordinal));
            if (!isOfAccount || !await permissions.HasManagedAsync(arn, cancel))
            {
                throw new IdentityValidationFailed($"Policy {arn} does not exist or is not attachable.").AsException();
            }
        }
    }
}
