using Berth.Jobs;
using Berth.Storage.Rows;

namespace Berth.Lifecycle;

/// <summary>A preview is to be made, and a day later to be dropped.</summary>
/// <param name="Plan">Which: the id of its row.</param>
public sealed record LifecyclePreview(string Plan) : Job
{
    /// <summary>There is one such job for a preview.</summary>
    public static string KeyOf(string plan) => $"lifecycle-preview/{plan}";
}

/// <summary>
/// Makes a preview, and drops one that is a day old or that another took the place of. Done twice it begins anew, and what was complete is
/// left as it is.
/// </summary>
/// <param name="database">The images.</param>
/// <param name="settings">Whether an index goes with what it lists.</param>
/// <param name="record">Where it says what it found; it is one with the preview's completion.</param>
/// <param name="time">Tells when a preview is a day old.</param>
public sealed class LifecyclePreviewHandler(
    Database database, LifecycleSettings settings, Func<Transaction, LifecycleRunRecord, Task> record, TimeProvider time)
    : JobHandler<LifecyclePreview>
{
    private readonly LifecyclePlanner planner = new(database, settings);

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(LifecyclePreview job, CancellationToken cancel)
    {
        var plan = await database.ReadAsync(rows => LifecyclePlanRow.FindAsync(rows, job.Plan), cancel);
        if (plan is null || EndOf(plan) <= time.GetUtcNow())
        {
            await SetStatusAsync(job.Plan, LifecyclePreviews.Expired, cancel);
            await LifecyclePlanRow.ClearAsync(database, job.Plan, cancel);
            return null;
        }

        if (plan.Status is LifecyclePreviews.InProgress)
        {
            await MakeAsync(plan, cancel);
        }

        return EndOf(plan);
    }

    private async Task MakeAsync(LifecyclePlanRow plan, CancellationToken cancel)
    {
        try
        {
            await planner.MakeAsync(plan, (tx, decision) => PreviewRecords.WriteAsync(tx, plan, decision, record), cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await SetStatusAsync(plan.Id, LifecyclePreviews.Failed, cancel);
            throw;
        }
    }

    private static DateTimeOffset EndOf(LifecyclePlanRow plan) =>
        DateTimeOffset.FromUnixTimeMilliseconds(plan.MadeAt) + LifecyclePreviews.Lifetime;

    private Task SetStatusAsync(string plan, string status, CancellationToken cancel) => database.WriteAsync(
        tx => tx.ExecuteAsync("UPDATE lifecycle_plan SET status = @status WHERE id = @plan", new { status, plan }), cancel);
}
