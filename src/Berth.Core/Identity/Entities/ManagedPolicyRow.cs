using Berth.Storage.Rows;

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
}
