using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>Who has managed policies, attached or as boundaries. Policies of AWS may be named in any partition's ARN.</summary>
internal static class PolicyUses
{
    /// <summary>The policies with how often the account uses each.</summary>
    public static async Task<IReadOnlyList<ManagedPolicy>> CountAsync(RowReader rows, AccountScope scope, IReadOnlyList<ManagedPolicy> policies)
    {
        var wanted = new ValueList("arn", [.. policies.Select(policy => policy.Arn)]);
        var given = wanted.With(new { account = scope.Account.ToString() });
        var attached = await rows.QueryAsync<Count>(
            $"""
            SELECT a.policy_arn AS arn, COUNT(*) AS many FROM iam_attachment a JOIN iam_entity e ON e.id = a.entity_id
             WHERE e.account = @account AND a.policy_arn IN {wanted} GROUP BY a.policy_arn
            """,
            given);
        var bounding = await rows.QueryAsync<Count>(
            $"""
            SELECT e.boundary AS arn, COUNT(*) AS many FROM iam_entity e
             WHERE e.account = @account AND e.boundary IN {wanted} GROUP BY e.boundary
            """,
            given);
        var (attachments, boundaries) = (ByArn(attached), ByArn(bounding));
        return
        [
            .. policies.Select(policy => policy with
            {
                Attachments = attachments.GetValueOrDefault(policy.Arn),
                Boundaries = boundaries.GetValueOrDefault(policy.Arn),
            }),
        ];
    }

    /// <summary>A page of the users, groups or roles that have a policy, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<Entity>> ListAsync(RowReader rows, AccountScope scope, PolicyUsers asked, EntityPage page)
    {
        var kinds = new ValueList("kind", [.. asked.Kinds.Select(kind => kind.Name)]);
        var found = await rows.QueryAsync<EntityRow>(
            $"""
            SELECT {EntityRow.Columns} FROM iam_entity e
             WHERE e.account = @account AND e.kind IN {kinds} AND e.id > @after AND substr(e.path, 1, length(@prefix)) = @prefix
               AND ((@attached = TRUE AND EXISTS (SELECT 1 FROM iam_attachment a WHERE a.entity_id = e.id AND a.policy_arn = @arn))
                 OR (@bounded = TRUE AND e.boundary = @arn))
             ORDER BY e.id LIMIT @limit
            """,
            kinds.With(new
            {
                account = scope.Account.ToString(),
                after = page.After ?? "",
                prefix = page.PathPrefix,
                attached = asked.Attached,
                bounded = asked.Bounded,
                arn = asked.PolicyArn,
                limit = page.Limit,
            }));
        return [.. found.Select(row => row.ToEntity())];
    }

    private static Dictionary<string, int> ByArn(IReadOnlyList<Count> counts) =>
        counts.ToDictionary(count => count.Arn, count => (int)count.Many, StringComparer.Ordinal);

    private sealed record Count
    {
        public string Arn { get; init; } = "";

        public long Many { get; init; }
    }
}

/// <summary>Which users of a policy are asked for.</summary>
/// <param name="PolicyArn">The policy.</param>
/// <param name="Kinds">Users, groups, roles.</param>
/// <param name="Attached">Whether those it is attached to.</param>
/// <param name="Bounded">Whether those it is the boundary of.</param>
public sealed record PolicyUsers(string PolicyArn, IReadOnlyList<EntityKind> Kinds, bool Attached, bool Bounded);
