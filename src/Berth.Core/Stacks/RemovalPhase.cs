using Berth.Storage.Rows;

namespace Berth.Stacks;

/// <summary>Removes resources, each when none is left that needs it: all of a stack, or those that an operation has left over.</summary>
internal sealed class RemovalPhase(StackRun run)
{
    private readonly ParallelSteps steps = new();
    private readonly HashSet<(string, string)> tried = [];
    private readonly List<StackResource> failed = [];
    private bool isWaiting;

    private string Status => run.Stack.Status;

    private bool IsCleaning => Status is StackStatus.Cleaning or StackStatus.RestoreCleaning;

    private IEnumerable<StackResource> Left => run.All.Where(resource => !resource.IsGone && (!IsCleaning || resource.RetiredIn is not null));

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

        if (isWaiting)
        {
            return true;
        }

        await EndAsync();
        return false;
    }

    private void StartReady()
    {
        var left = Left.ToArray();
        foreach (var resource in left)
        {
            var isReady = steps.HasRoom && !tried.Contains((resource.LogicalId, resource.Suffix)) && !steps.IsRunning(resource.LogicalId)
                && !left.Any(other => other != resource && other.Detail.Needs.Contains(resource.LogicalId, StringComparer.Ordinal));
            if (isReady)
            {
                tried.Add((resource.LogicalId, resource.Suffix));
                steps.Start(resource.LogicalId, () => RemoveAsync(resource));
            }
        }
    }

    private async Task<StackResource> RemoveAsync(StackResource resource)
    {
        // Whether a creation that was cut short has made something, only another try tells.
        if (resource is { Step: "CREATE", PhysicalId: null })
        {
            resource = await run.Steps.CreateAsync(resource, isRetry: true);
        }

        if (resource.PhysicalId is null)
        {
            return await EndAsync(resource, StackStatus.Deleted, tellsIt: false);
        }

        if (IsRetained(resource))
        {
            return await EndAsync(resource, "DELETE_SKIPPED", tellsIt: true);
        }

        if (resource.Step is "DELETE")
        {
            return await EndedAsync(await (resource.Detail.IsPending ? run.Steps.LookAsync(resource) : run.Steps.DeleteAsync(resource, isRetry: true)));
        }

        var begun = resource with
        {
            Status = StackStatus.Deleting,
            Reason = null,
            Step = "DELETE",
            BegunAt = run.Parts.Time.GetUtcNow(),
            ChangedAt = run.Parts.Time.GetUtcNow(),
            Detail = resource.Detail with { IsPending = false },
        };
        await run.WriteAsync(begun, [null]);
        return await EndedAsync(await run.Steps.DeleteAsync(begun, isRetry: false));
    }

    private async Task<StackResource> EndedAsync(StackResource resource) =>
        resource.Status is StackStatus.DeleteFailed && run.Stack.Operation.IsForced && Status is StackStatus.Deleting
            ? await EndAsync(resource, "DELETE_SKIPPED", tellsIt: true)
            : resource;

    private async Task<StackResource> EndAsync(StackResource resource, string status, bool tellsIt)
    {
        var ended = resource with { Status = status, Step = null, ChangedAt = run.Parts.Time.GetUtcNow() };
        await run.WriteAsync(ended, tellsIt ? [null] : []);
        return ended;
    }

    // A policy to retain holds also for what was made and failed, unless it is the one that excepts just that.
    private bool IsRetained(StackResource resource)
    {
        var policy = resource.Detail.IsReplaced ? resource.Detail.UpdateReplacePolicy : resource.Detail.DeletionPolicy;
        var isNew = Status is StackStatus.RollingBack || (Status is StackStatus.RestoreCleaning && resource.MadeIn == run.Stack.Operation.Number);
        return policy switch
        {
            "Retain" => !(isNew && run.Stack.Operation.RetainExceptOnCreate),
            "RetainExceptOnCreate" => !isNew,
            _ => false,
        }
        || (Status is StackStatus.Deleting && run.Stack.Operation.Retain.Contains(resource.LogicalId, StringComparer.Ordinal));
    }

    private void Take(StackResource resource)
    {
        run.Keep(resource);
        if (resource.Status is StackStatus.DeleteFailed)
        {
            failed.Add(resource);
        }

        isWaiting |= resource.Step is not null;
    }

    private Task EndAsync()
    {
        var reason = failed.Count == 0 || IsCleaning
            ? null
            : $"The following resource(s) failed to delete: [{string.Join(", ", failed.Select(resource => resource.LogicalId))}]. ";
        var status = (Status, reason) switch
        {
            (StackStatus.Cleaning, _) => StackStatus.Updated,
            (StackStatus.RestoreCleaning, _) => StackStatus.Restored,
            (StackStatus.RollingBack, null) => StackStatus.RolledBack,
            (StackStatus.RollingBack, _) => StackStatus.RollbackFailed,
            (_, null) => StackStatus.Deleted,
            _ => StackStatus.DeleteFailed,
        };
        var ended = run.Stack with { Status = status, StatusReason = reason };
        return status is StackStatus.Deleted
            ? run.MoveAsync(ended with { DeletedAt = run.Parts.Time.GetUtcNow() }, ForgetAsync)
            : run.MoveAsync(ended, IsCleaning ? DropAsync : null);
    }

    // What could not be removed after an update is the stack's no more, as on AWS; its last event says what it was.
    private async Task DropAsync(Transaction tx)
    {
        foreach (var resource in run.All.Where(resource => resource.RetiredIn is not null))
        {
            await StackRows.RemoveAsync(tx, resource);
        }
    }

    private async Task ForgetAsync(Transaction tx)
    {
        await StackExports.ForgetAsync(tx, run.Stack);
        await tx.ExecuteAsync("DELETE FROM stack_change_set WHERE stack_id = @Id AND execution <> 'EXECUTE_COMPLETE'", new { run.Stack.Id });
    }
}
