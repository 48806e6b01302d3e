using System.Text.Json.Nodes;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Berth.Stacks;

/// <summary>
/// Does one thing with one resource. What is returned is written already. A resource fails, and does not throw; only a store that
/// cannot be reached throws, and has the whole work tried again later.
/// </summary>
internal sealed class ResourceSteps(StackRun run)
{
    private DateTimeOffset Now => run.Parts.Time.GetUtcNow();

    /// <summary>Makes a resource, or goes on making it. Its row says already that it is being made, or says so first.</summary>
    public Task<StackResource> CreateAsync(StackResource resource, bool isRetry) => DoAsync(resource, async type =>
    {
        if (type.FindFlaw(resource.Detail.Properties) is { } flaw)
        {
            return await FailAsync(resource, flaw, state: null);
        }

        var work = await WorkAsync(resource, isRetry);
        return await ArriveAsync(resource, await type.CreateAsync(work, Copy(resource.Detail.Properties), run.Cancel), "Resource creation Initiated");
    });

    /// <summary>Gives a resource the properties that its row has as its target.</summary>
    public Task<StackResource> UpdateAsync(StackResource resource, bool isRetry) => DoAsync(resource, async type =>
    {
        if (type.FindFlaw(resource.Detail.Target!) is { } flaw)
        {
            return await FailAsync(resource, flaw, state: null);
        }

        var work = await WorkAsync(resource, isRetry);
        var (before, after) = (Copy(resource.Detail.Properties), Copy(resource.Detail.Target!));
        return await ArriveAsync(resource, await type.UpdateAsync(work, resource.State, before, after, run.Cancel));
    });

    /// <summary>Gives a resource back what it was before the operation.</summary>
    public Task<StackResource> RestoreAsync(StackResource resource, bool isRetry) => DoAsync(resource, async type =>
    {
        var work = await WorkAsync(resource, isRetry);
        var (before, after) = (Copy(resource.Detail.Target ?? resource.Detail.Properties), Copy(resource.Detail.Original!));
        return await ArriveAsync(resource, await type.UpdateAsync(work, resource.State, before, after, run.Cancel));
    });

    /// <summary>Removes a resource.</summary>
    public Task<StackResource> DeleteAsync(StackResource resource, bool isRetry) => DoAsync(resource, async type =>
        await ArriveAsync(
            resource, await type.DeleteAsync(await WorkAsync(resource, isRetry), resource.State, Copy(resource.Detail.Properties), run.Cancel)));

    /// <summary>Looks again at a resource that is waited for.</summary>
    public Task<StackResource> LookAsync(StackResource resource) => DoAsync(resource, async type =>
        await ArriveAsync(resource, await type.LookAsync(await WorkAsync(resource, isRetry: true), resource.State, run.Cancel)));

    /// <summary>Writes that a resource failed.</summary>
    public async Task<StackResource> FailAsync(StackResource resource, string reason, ResourceState? state)
    {
        var verb = resource.Status.Split('_')[0];
        var failed = resource with
        {
            Status = $"{verb}_FAILED",
            Reason = reason,
            Step = null,
            PhysicalId = state?.PhysicalId ?? resource.PhysicalId,
            ChangedAt = Now,
            Detail = resource.Detail with { IsPending = false, Attributes = state?.Attributes ?? resource.Detail.Attributes },
        };
        await run.WriteAsync(failed, [null]);
        return failed;
    }

    private async Task<StackResource> DoAsync(StackResource resource, Func<ResourceType, Task<StackResource>> step)
    {
        try
        {
            return await step(run.Parts.Types.Get(resource.Type));
        }
        catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (FaultException error) when (error.Fault is StorageUnavailable or StorageFull)
        {
            throw;
        }
        catch (ResourceFailedException error)
        {
            return await FailAsync(resource, ReasonOf(error.InnerException!), error.State);
        }
        catch (Exception error)
        {
            return await FailAsync(resource, ReasonOf(error), state: null);
        }
    }

    // Done, or on its way: then the row knows what to look at.
    private async Task<StackResource> ArriveAsync(StackResource resource, ResourceProgress progress, string? begun = null)
    {
        var (isFirst, verb) = (!resource.Detail.IsPending, resource.Status.Split('_')[0]);
        var arrived = resource with
        {
            PhysicalId = progress.State.PhysicalId,
            ChangedAt = Now,
            Detail = resource.Detail with { Attributes = Copy(progress.State.Attributes), IsPending = true },
        };
        var done = progress.IsDone ? Completed(arrived, verb) : arrived;
        if (!isFirst && !progress.IsDone)
        {
            return done;
        }

        await run.Parts.Database.WriteAsync(
            async tx =>
            {
                await StackRows.WriteAsync(tx, done);
                if (isFirst && begun is not null)
                {
                    await run.Parts.Events.AddAsync(tx, run.Stack, arrived, begun);
                }

                if (progress.IsDone)
                {
                    await run.Parts.Events.AddAsync(tx, run.Stack, done);
                }
            },
            run.Cancel);
        return done;
    }

    private StackResource Completed(StackResource arrived, string verb)
    {
        var detail = arrived.Detail with { IsPending = false, DoneIn = run.Stack.Operation.Number };
        var isRestored = arrived.Step is "UPDATE" && run.Stack is { Status: StackStatus.Restoring, Operation.IsReturn: false };
        return arrived with
        {
            Status = $"{verb}_COMPLETE",
            Reason = null,
            Step = null,
            Detail = isRestored
                ? detail with { Properties = detail.Original!, Original = null, Target = null, Tags = detail.OriginalTags ?? detail.Tags, OriginalTags = null }
                : arrived.Step is "UPDATE" ? detail with { Properties = detail.Target!, Target = null, Tags = run.Stack.Source.Tags } : detail,
        };
    }

    private async Task<ResourceWork> WorkAsync(StackResource resource, bool isRetry) =>
        new(await run.Parts.Callers.OpenAsync(run.Stack, run.Cancel), run.Stack.Home)
        {
            StackId = run.Stack.Id,
            StackName = run.Stack.Name,
            LogicalId = resource.LogicalId,
            Suffix = resource.Suffix,
            BegunAt = resource.BegunAt,
            IsRetry = isRetry,
            IsRollback = run.Stack.Status is StackStatus.Restoring,
            Tags = run.Stack.Source.Tags,
            FormerTags = resource.Detail.Tags,
            Capabilities = run.Stack.Source.Capabilities,
        };

    private string ReasonOf(Exception error)
    {
        if (error is not FaultException known)
        {
            run.Parts.Log.LogError(error, "a resource of the stack {Stack} could not be handled", run.Stack.Id);
        }

        return HandlerErrors.ReasonOf(error, run.Parts.Ids.NewRequest());
    }

    // Types get a copy of their own: nodes are not safe to share between steps that run beside each other.
    private static JsonObject Copy(JsonObject node) => (JsonObject)node.DeepClone();
}
