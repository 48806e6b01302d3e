namespace Berth.Stacks;

/// <summary>Takes a failed update back: every resource that it changed becomes what it was.</summary>
internal sealed class RestorePhase(StackRun run)
{
    private readonly ParallelSteps steps = new();
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly List<StackResource> failed = [];

    /// <summary>Returns whether something is waited for; else the stack has moved on.</summary>
    public async Task<bool> RunAsync()
    {
        while (true)
        {
            StartReady();
            if (steps.IsIdle)
            {
                break;
            }

            Take(await steps.NextAsync());
        }

        if (failed.Count > 0)
        {
            await run.MoveAsync(run.Stack with
            {
                Status = StackStatus.RestoreFailed,
                StatusReason = $"The following resource(s) failed to update: [{string.Join(", ", failed.Select(resource => resource.LogicalId))}]. ",
            });
            return false;
        }

        if (waiting.Count > 0)
        {
            return true;
        }

        var imported = ImportedNames.Of(run.Stack, run.Stack.Source);
        await run.MoveAsync(
            run.Stack with { Status = StackStatus.RestoreCleaning, StatusReason = null },
            tx => StackExports.ImportAsync(tx, run.Stack, imported, isDone: true));
        return false;
    }

    private void StartReady()
    {
        var left = run.Live.Where(resource => resource.Detail.Original is not null).ToArray();
        foreach (var resource in left)
        {
            var isReady = failed.Count == 0 && steps.HasRoom && !waiting.Contains(resource.LogicalId) && !steps.IsRunning(resource.LogicalId)
                && !left.Any(other => resource.Detail.Needs.Contains(other.LogicalId, StringComparer.Ordinal));
            if (isReady)
            {
                steps.Start(resource.LogicalId, () => RestoreAsync(resource));
            }
        }
    }

    private async Task<StackResource> RestoreAsync(StackResource resource)
    {
        if (resource.Step is "UPDATE")
        {
            return await (resource.Detail.IsPending ? run.Steps.LookAsync(resource) : run.Steps.RestoreAsync(resource, isRetry: true));
        }

        var begun = resource with { Status = StackStatus.Updating, Reason = null, Step = "UPDATE", BegunAt = run.Parts.Time.GetUtcNow() };
        await run.WriteAsync(begun, [null]);
        return await run.Steps.RestoreAsync(begun, isRetry: false);
    }

    private void Take(StackResource resource)
    {
        run.Keep(resource);
        if (resource.Status.EndsWith("_FAILED", StringComparison.Ordinal))
        {
            failed.Add(resource);
        }
        else if (resource.Step is not null)
        {
            waiting.Add(resource.LogicalId);
        }
    }
}
