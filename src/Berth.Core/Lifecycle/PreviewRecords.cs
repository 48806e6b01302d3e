using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>Says what a preview found in the form in which a run says what it did.</summary>
internal static class PreviewRecords
{
    private const int AtOnce = LifecycleRunRecord.MaxImages;

    /// <summary>Records what would go, then what an index would hold back, within the transaction that completes the preview.</summary>
    public static async Task WriteAsync(
        Transaction tx, LifecyclePlanRow plan, LifecycleDecision decision, Func<Transaction, LifecycleRunRecord, Task> record)
    {
        if (await Repositories.FindAsync(tx, plan.RepositoryId) is not { } repository)
        {
            return;
        }

        var policy = await PolicyOfAsync(tx, plan);
        for (var page = await ReadAsync(tx, plan, after: 0); page.Count > 0; page = await ReadAsync(tx, plan, page[^1].Position))
        {
            await record(tx, new() { Repository = repository.Id, Policy = policy, Actions = [.. page.Select(ActionOf)] });
        }

        foreach (var held in decision.Held.Chunk(AtOnce))
        {
            if (await FailuresOfAsync(tx, plan, held) is { Count: > 0 } failures)
            {
                await record(tx, new() { Repository = repository.Id, Policy = policy, Failures = failures });
            }
        }
    }

    // A document that was never set is named as the preview is; it is a first version that never ran.
    private static async Task<StoredLifecyclePolicy> PolicyOfAsync(Transaction tx, LifecyclePlanRow plan)
    {
        var current = await LifecyclePolicies.FindAsync(tx, plan.RepositoryId);
        return new()
        {
            Id = plan.PolicyId ?? Guid.ParseExact(plan.Id, "N").ToString(),
            Version = plan.Version ?? 1,
            Text = plan.Document,
            EvaluatedAt = string.Equals(current?.Id, plan.PolicyId, StringComparison.Ordinal) && current?.Version == plan.Version ? current?.EvaluatedAt : null,
        };
    }

    private static Task<IReadOnlyList<LifecycleResultRow>> ReadAsync(Transaction tx, LifecyclePlanRow plan, int after) =>
        tx.QueryAsync<LifecycleResultRow>(
            """
            SELECT position, digest, tags, pushed_at, rule_priority FROM lifecycle_result
             WHERE plan_id = @Id AND position > @after ORDER BY position LIMIT @AtOnce
            """,
            new { plan.Id, after, AtOnce });

    private static LifecycleImageAction ActionOf(LifecycleResultRow row) => new(
        new() { Digest = row.Digest, Tags = row.Tags.Length == 0 ? [] : row.Tags.Split(' '), PushedAt = row.PushedAt }, row.RulePriority);

    private static async Task<IReadOnlyList<LifecycleImageFailure>> FailuresOfAsync(Transaction tx, LifecyclePlanRow plan, LifecycleVerdict[] held)
    {
        var images = (await LifecycleImageRows.FindAsync(tx, plan.RepositoryId, [.. held.Select(verdict => verdict.Digest)]))
            .ToDictionary(image => image.Digest, StringComparer.Ordinal);
        return
        [
            .. held.Where(verdict => images.ContainsKey(verdict.Digest)).Select(verdict => LifecycleImageFailure.ReferencedByIndex(
                images[verdict.Digest], verdict.Rule!.Priority, [.. verdict.Others.Select(Digest.Parse)])),
        ];
    }
}
