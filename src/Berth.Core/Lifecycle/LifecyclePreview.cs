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
/// Makes a preview, or drops one that is a day old or that another took the place of. Done twice it begins anew, and what was complete is
/// left as it is.
/// </summary>
public sealed class LifecyclePreviewHandler(Database database, LifecycleSettings settings) : JobHandler<LifecyclePreview>
{
    private readonly LifecyclePlanner planner = new(database, settings);

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(LifecyclePreview job, CancellationToken cancel)
    {
        var plan = await database.ReadAsync(rows => LifecyclePlanRow.FindAsync(rows, job.Plan), cancel);
        if (plan is not { Status: LifecyclePreviews.InProgress })
        {
            await SetStatusAsync(job.Plan, LifecyclePreviews.Expired, cancel);
            await LifecyclePlanRow.ClearAsync(database, job.Plan, cancel);
            return null;
        }

        try
        {
            await planner.MakeAsync(plan, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await SetStatusAsync(job.Plan, LifecyclePreviews.Failed, cancel);
            throw;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(plan.MadeAt) + LifecyclePreviews.Lifetime;
    }

    private Task SetStatusAsync(string plan, string status, CancellationToken cancel) => database.WriteAsync(
        tx => tx.ExecuteAsync("UPDATE lifecycle_plan SET status = @status WHERE id = @plan", new { status, plan }), cancel);
}
