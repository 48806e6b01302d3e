using Berth.Storage.Rows;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What follows when every resource is there, or when one failed.</summary>
internal sealed class ForwardEnd(StackRun run)
{
    private StackOperation Operation => run.Stack.Operation;

    private bool IsReturn => run.Stack.Status is StackStatus.Restoring;

    /// <summary>The stack is what its template says: it has its outputs, and what it no longer has is removed.</summary>
    public async Task CompleteAsync(TemplateEvaluation evaluation, IEnumerable<string> wanted)
    {
        IReadOnlyList<StackOutput> outputs;
        string? conflict;
        try
        {
            outputs = OutputValues.Of(evaluation, new LiveResources(run));
            conflict = await run.Parts.Database.ReadAsync(rows => StackExports.FindConflictAsync(rows, run.Stack, outputs), run.Cancel);
        }
        catch (FaultException error) when (error.Fault is TemplateInvalid)
        {
            (outputs, conflict) = ([], error.Message);
        }

        if (conflict is not null)
        {
            await FailAsync([], conflict + ". ");
            return;
        }

        var names = wanted.ToHashSet(StringComparer.Ordinal);
        var status = run.Stack.Status is StackStatus.Creating ? StackStatus.Created : IsReturn ? StackStatus.RestoreCleaning : StackStatus.Cleaning;
        var imported = ImportedNames.Of(run.Stack, run.Stack.Source);
        await run.MoveAsync(
            run.Stack with { Status = status, StatusReason = null, Outputs = outputs },
            async tx =>
            {
                await StackExports.WriteAsync(tx, run.Stack, outputs);
                await StackExports.ImportAsync(tx, run.Stack, imported, isDone: true);
                foreach (var resource in run.Live.Where(resource => !names.Contains(resource.LogicalId)))
                {
                    await StackRows.WriteAsync(tx, resource with { RetiredIn = Operation.Number });
                }

                foreach (var resource in run.Live.Where(resource => names.Contains(resource.LogicalId) && resource.Detail.Original is not null))
                {
                    await StackRows.WriteAsync(tx, resource with { Detail = resource.Detail with { Original = null, OriginalTags = null } });
                }
            });
    }

    /// <summary>The stack cannot be what its template says.</summary>
    /// <param name="failed">The resources that failed.</param>
    /// <param name="reason">Why, when it is no resource.</param>
    public async Task FailAsync(IReadOnlyList<StackResource> failed, string? reason)
    {
        var cancelled = run.Live.Where(resource => resource.Step is not null).ToArray();
        foreach (var resource in cancelled)
        {
            var what = resource.Step is "CREATE" ? "creation" : "update";
            run.Keep(await run.Steps.FailAsync(resource, $"Resource {what} cancelled", state: null));
        }

        var why = reason ?? Sentence("create", failed.Concat(cancelled).Where(resource => resource.MadeIn == Operation.Number))
            + Sentence("update", failed.Concat(cancelled).Where(resource => resource.MadeIn != Operation.Number));
        var next = (run.Stack.Status, Operation.OnFailure) switch
        {
            (StackStatus.Restoring, _) => StackStatus.RestoreFailed,
            (StackStatus.Creating, "DO_NOTHING") => StackStatus.CreateFailed,
            (StackStatus.Creating, "DELETE") => StackStatus.Deleting,
            (StackStatus.Creating, _) => StackStatus.RollingBack,
            (_, "DO_NOTHING") when !Operation.IsCancelled => StackStatus.UpdateFailed,
            _ => StackStatus.Restoring,
        };
        var stack = run.Stack with { Status = next, StatusReason = StackStatus.IsMoving(next) && reason is not "User Initiated" ? Requested(why, next) : why };
        await run.MoveAsync(
            next is StackStatus.Restoring ? stack with { Source = stack.Former ?? stack.Source, Former = null } : stack,
            next is StackStatus.Restoring ? TurnBackAsync : null);
    }

    // What the update made is to go; what it replaced is the stack's again.
    private async Task TurnBackAsync(Transaction tx)
    {
        foreach (var resource in run.All.Where(resource => !resource.IsGone))
        {
            if (resource.MadeIn == Operation.Number && resource is { PhysicalId: null, Step: null })
            {
                await StackRows.RemoveAsync(tx, resource);
            }
            else if (resource.MadeIn == Operation.Number)
            {
                await StackRows.WriteAsync(tx, resource with { RetiredIn = Operation.Number });
            }
            else if (resource is { Status: StackStatus.UpdateFailed, Detail.Original: null })
            {
                await StackRows.WriteAsync(tx, resource with { Status = StackStatus.Updated, Reason = null });
            }
            else if (resource.RetiredIn == Operation.Number)
            {
                await StackRows.WriteAsync(tx, resource with { RetiredIn = null, Detail = resource.Detail with { IsReplaced = false } });
            }
        }
    }

    private static string Requested(string why, string next) =>
        why + (next is StackStatus.Deleting ? "Delete requested by user." : "Rollback requested by user.");

    private static string Sentence(string what, IEnumerable<StackResource> failed)
    {
        var names = failed.Select(resource => resource.LogicalId).Distinct(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "" : $"The following resource(s) failed to {what}: [{string.Join(", ", names)}]. ";
    }
}
