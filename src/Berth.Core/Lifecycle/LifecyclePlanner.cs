using Berth.Registry;
using Berth.Storage.Rows;

namespace Berth.Lifecycle;

/// <summary>
/// Evaluates a policy over the images of a repository and writes down what is to become of them. Only what is written whole counts: a
/// plan that was begun and not finished is begun anew.
/// </summary>
internal sealed class LifecyclePlanner(Database database, LifecycleSettings settings)
{
    private const int AtOnce = 500;

    /// <summary>Completes a plan whose row is there.</summary>
    /// <param name="plan">Which.</param>
    /// <param name="completed">What else belongs to the transaction that completes it.</param>
    /// <param name="cancel">Ends it where it is.</param>
    public async Task MakeAsync(LifecyclePlanRow plan, Func<Transaction, LifecycleDecision, Task> completed, CancellationToken cancel)
    {
        await LifecyclePlanRow.ClearAsync(database, plan.Id, cancel);
        var rules = new LifecycleRules(
            LifecyclePolicy.Parse(plan.Document, settings.ExpiresByPull),
            DateTimeOffset.FromUnixTimeMilliseconds(plan.MadeAt),
            settings.IndexIsUnit);
        await database.ReadAsync(
            async rows =>
            {
                await LifecycleImageRows.ReadAllAsync(rows, plan.RepositoryId, rules.Add, cancel);
                return true;
            },
            cancel);
        var decision = rules.Decide();
        var position = 0;
        foreach (var verdicts in VerdictsFor(plan, decision).Chunk(AtOnce))
        {
            cancel.ThrowIfCancellationRequested();
            await database.WriteAsync(tx => WriteAsync(tx, plan, verdicts, position), cancel);
            position += verdicts.Length;
        }

        await database.WriteAsync(
            async tx =>
            {
                if (await CompleteAsync(tx, plan.Id) > 0)
                {
                    await completed(tx, decision);
                }
            },
            cancel);
    }

    // A run finds what follows an image when it takes that, and tries what an index holds, since the index may go meanwhile. A preview
    // shows what would go.
    private static IEnumerable<LifecycleVerdict> VerdictsFor(LifecyclePlanRow plan, LifecycleDecision decision) =>
        plan.Purpose is LifecyclePlanRow.Preview
            ? decision.Steps
            : decision.Steps.Where(step => step.Reason is LifecycleReason.BeyondCount or LifecycleReason.TooOld).Concat(decision.Held);

    private static async Task WriteAsync(Transaction tx, LifecyclePlanRow plan, LifecycleVerdict[] verdicts, int position)
    {
        var images = (await LifecycleImageRows.FindAsync(tx, plan.RepositoryId, [.. verdicts.Select(verdict => verdict.Digest)]))
            .ToDictionary(image => image.Digest, StringComparer.Ordinal);
        foreach (var verdict in verdicts)
        {
            position++;
            if (images.TryGetValue(verdict.Digest, out var image) && image.Mark == verdict.Mark)
            {
                await InsertAsync(tx, plan, position, verdict, image);
            }
        }
    }

    private static Task InsertAsync(Transaction tx, LifecyclePlanRow plan, int position, LifecycleVerdict verdict, LifecycleImage image) =>
        tx.ExecuteAsync(
            """
            INSERT INTO lifecycle_result (plan_id, position, digest, tags, tagged, pushed_at, mark, status, action, rule_priority)
            VALUES (@plan, @position, @digest, @tags, @tagged, @pushed, @mark, @status, @action, @priority)
            """,
            new
            {
                plan = plan.Id,
                position,
                digest = image.Digest,
                tags = string.Join(' ', image.Tags),
                tagged = image.Tags.Count > 0,
                pushed = image.PushedAt,
                mark = image.Mark,
                status = image.Status.Wire(),
                action = (verdict.Action ?? verdict.Rule!.Action).Wire(),
                priority = verdict.Rule!.Priority,
            });

    private static Task<int> CompleteAsync(Transaction tx, string id) => tx.ExecuteAsync(
        """
        UPDATE lifecycle_plan
           SET status = 'COMPLETE',
               expiring = (SELECT COUNT(*) FROM lifecycle_result WHERE plan_id = @id AND action = 'EXPIRE'),
               transitioning = (SELECT COUNT(*) FROM lifecycle_result WHERE plan_id = @id AND action = 'TRANSITION')
         WHERE id = @id
        """,
        new { id });
}
