using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>Managed policies by their ARNs, AWS's own and those of accounts alike.</summary>
internal static class ManagedPolicyRow
{
    /// <summary>The document of a policy's default version; null when there is no such policy.</summary>
    public static async Task<string?> FindDocumentAsync(RowReader rows, string arn) =>
        AwsManagedPolicies.Find(arn)?.Document
            ?? await rows.FindAsync<string>(
                """
                SELECT v.document FROM iam_entity e
                  JOIN iam_policy p ON p.id = e.id
                  JOIN iam_policy_version v ON v.policy_id = p.id AND v.version = p.default_version
                 WHERE e.arn = @arn
                """,
                new { arn });

    /// <summary>
    /// Returns when an account can attach that policy, or have it as a boundary: AWS's policies and its own. Otherwise the fault is
    /// <see cref="IdentityNotFound"/>, <see cref="IdentityValidationFailed"/> for what is no ARN, or <see cref="PolicyNotAttachable"/>.
    /// </summary>
    /// <param name="rows">Where policies are.</param>
    /// <param name="account">The account.</param>
    /// <param name="arn">The policy's ARN.</param>
    /// <param name="called">As what the sentence speaks of it: <c>Policy</c>, or for boundaries <c>Scope ARN:</c>.</param>
    public static async Task RefuseUnattachableAsync(RowReader rows, AccountId account, string arn, string called)
    {
        var owner = arn.Split(':', 6) is ["arn", _, "iam", _, var given, _]
            ? given
            : throw new IdentityValidationFailed("Invalid ARN:  Could not be parsed!").AsException();
        if (AwsManagedPolicies.Find(arn) is { IsOfService: true })
        {
            throw new PolicyNotAttachable("Cannot attach a Service Role Policy to a Customer Role.").AsException();
        }

        var isTheirs = owner is "aws" || string.Equals(owner, account.ToString(), StringComparison.Ordinal);
        if (!isTheirs || await FindDocumentAsync(rows, arn) is null)
        {
            throw new IdentityNotFound($"{called} {arn} does not exist or is not attachable.").AsException();
        }
    }
}
