using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>Carries out what a policy decides.</summary>
/// <param name="database">The images.</param>
/// <param name="settings">Whether an index goes with what it lists.</param>
/// <param name="record">Where each transaction says what it did; it is one with the change.</param>
/// <param name="ids">Names plans.</param>
/// <param name="time">The clock ages are measured by.</param>
public sealed class LifecycleRunner(
    Database database, LifecycleSettings settings, Func<Transaction, LifecycleRunRecord, Task> record, Ids ids, TimeProvider time)
{
    // As many images as one event of the trail has.
    private const int AtOnce = LifecycleRunRecord.MaxImages;

    private readonly LifecyclePlanner planner = new(database, settings);

    /// <summary>
    /// Runs a policy, or goes on with a run of it that was cut short. Says whether it came to its end: not when the policy is another
    /// one meanwhile, or gone.
    /// </summary>
    public async Task<bool> RunAsync(string repository, StoredLifecyclePolicy policy, CancellationToken cancel)
    {
        var plan = await OpenAsync(repository, policy, cancel);
        int? left;
        do
        {
            cancel.ThrowIfCancellationRequested();
            left = await database.WriteAsync(tx => StepAsync(tx, plan, policy), cancel);
        }
        while (left > 0);

        return left is not null && await database.WriteAsync(tx => FinishAsync(tx, plan), cancel);
    }

    /// <summary>Drops what is left of a run.</summary>
    public async Task DropAsync(string repository, CancellationToken cancel)
    {
        if (await database.ReadAsync(rows => LifecyclePlanRow.FindAsync(rows, repository, LifecyclePlanRow.Run), cancel) is { } plan)
        {
            await LifecyclePlanRow.ClearAsync(database, plan.Id, cancel);
            await database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM lifecycle_plan WHERE id = @Id", plan), cancel);
        }
    }

    private async Task<LifecyclePlanRow> OpenAsync(string repository, StoredLifecyclePolicy policy, CancellationToken cancel)
    {
        var begun = await database.ReadAsync(rows => LifecyclePlanRow.FindAsync(rows, repository, LifecyclePlanRow.Run), cancel);
        if (begun is { Status: "COMPLETE" } && string.Equals(begun.PolicyId, policy.Id, StringComparison.Ordinal) && begun.Version == policy.Version)
        {
            return begun;
        }

        await DropAsync(repository, cancel);
        var plan = new LifecyclePlanRow
        {
            Id = ids.NewGuid().ToString("N"),
            RepositoryId = repository,
            Purpose = LifecyclePlanRow.Run,
            Status = "IN_PROGRESS",
            Document = policy.Text,
            PolicyId = policy.Id,
            Version = policy.Version,
            MadeAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(plan.InsertAsync, cancel);
        await planner.MakeAsync(plan, (_, _) => Task.CompletedTask, cancel);
        return plan;
    }

    // Does a few of the steps; says how many, or null when the policy is no more the one that was decided by.
    private async Task<int?> StepAsync(Transaction tx, LifecyclePlanRow plan, StoredLifecyclePolicy policy)
    {
        if (await Repositories.FindAsync(tx, plan.RepositoryId) is not { } repository
            || await LifecyclePolicies.FindAsync(tx, plan.RepositoryId) is not { } current
            || !string.Equals(current.Id, plan.PolicyId, StringComparison.Ordinal)
            || current.Version != plan.Version)
        {
            return null;
        }

        var steps = await tx.QueryAsync<LifecycleResultRow>(
            "SELECT position, digest, mark, action, rule_priority FROM lifecycle_result WHERE plan_id = @Id ORDER BY position LIMIT @AtOnce",
            new { plan.Id, AtOnce });
        var taking = new ImageTaking(tx, plan, settings, time.GetUtcNow());
        foreach (var step in steps)
        {
            await taking.TakeAsync(step);
            await tx.ExecuteAsync("DELETE FROM lifecycle_result WHERE plan_id = @Id AND position = @Position", new { plan.Id, step.Position });
        }

        foreach (var done in LifecycleRunRecord.Of(repository.Id, policy, taking.Taken, taking.Failed))
        {
            await record(tx, done);
        }

        return steps.Count;
    }

    private async Task<bool> FinishAsync(Transaction tx, LifecyclePlanRow plan)
    {
        await tx.ExecuteAsync("DELETE FROM lifecycle_plan WHERE id = @Id", plan);
        return await tx.ExecuteAsync(
            "UPDATE lifecycle_policy SET evaluated_at = @now WHERE repository_id = @RepositoryId AND id = @PolicyId AND version = @Version",
            new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), plan.RepositoryId, plan.PolicyId, plan.Version }) > 0;
    }
}
