using System.Text.Json.Nodes;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Brings a stack to what its template says: each resource when those that it needs are there, and some beside each other.</summary>
internal sealed class ForwardPhase(StackRun run)
{
    private readonly ParallelSteps steps = new();
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly List<StackResource> failed = [];
    private TemplateEvaluation evaluation = null!;
    private IReadOnlyDictionary<string, IReadOnlyList<string>> needs = null!;
    private Dictionary<string, TemplateResource> wanted = null!;
    private string? stop;

    private StackOperation Operation => run.Stack.Operation;

    /// <summary>Returns whether something is waited for; else the stack has moved on.</summary>
    public async Task<bool> RunAsync()
    {
        try
        {
            await PrepareAsync();
        }
        catch (FaultException error) when (error.Fault is TemplateInvalid)
        {
            await new ForwardEnd(run).FailAsync([], error.Message + ". ");
            return false;
        }

        while (await run.IsCurrentAsync())
        {
            stop ??= FindStop();
            StartReady();
            if (steps.IsIdle)
            {
                return await EndAsync();
            }

            Take(await steps.NextAsync());
        }

        // Somebody has moved the stack on; what runs is waited for, and its rows are written.
        while (!steps.IsIdle)
        {
            await steps.NextAsync();
        }

        return false;
    }

    private async Task PrepareAsync()
    {
        var exports = await run.Parts.Database.ReadAsync(rows => StackExports.ReadAsync(rows, run.Stack.Home), run.Cancel);
        evaluation = PreparedTemplate.Evaluate(
            Template.Parse(run.Stack.Source.Template), run.Stack.Source, StackIdentity.Of(run.Stack), name => exports.GetValueOrDefault(name)?.Value);
        (needs, wanted) = (evaluation.Needs(), evaluation.Resources.ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal));
        failed.AddRange(run.Live.Where(resource => resource.Status.EndsWith("_FAILED", StringComparison.Ordinal)));
        var imported = ImportedNames.Of(run.Stack, run.Stack.Source);
        if (imported.FirstOrDefault(name => !exports.ContainsKey(name)) is { } missing)
        {
            throw new TemplateInvalid($"No export named {missing} found").AsException();
        }

        if (imported.Count > 0)
        {
            await run.Parts.Database.WriteAsync(tx => StackExports.ImportAsync(tx, run.Stack, imported, isDone: false), run.Cancel);
        }
    }

    private string? FindStop() => Operation.IsCancelled && run.Stack.Status is StackStatus.Updating ? "User Initiated"
        : Operation.TimeoutInMinutes is { } minutes && run.Parts.Time.GetUtcNow() >= Operation.BegunAt.AddMinutes(minutes)
            ? "Stack creation time exceeded the specified timeout. "
            : null;

    private void StartReady()
    {
        // What was cut short is brought to its end first, whatever else failed: only then is it known what there is to take back.
        foreach (var cut in run.Live.Where(resource => resource is { Step: "CREATE" or "UPDATE", Detail.IsPending: false }).ToArray())
        {
            if (steps.HasRoom && !steps.IsRunning(cut.LogicalId))
            {
                Resume(cut);
            }
        }

        if (failed.Count > 0 || stop is not null)
        {
            return;
        }

        // What needs nothing new is done at once, and may let others begin.
        bool goesOn;
        do
        {
            goesOn = false;
            foreach (var (name, resource) in wanted)
            {
                if (steps.HasRoom && failed.Count == 0 && !done.Contains(name) && !waiting.Contains(name) && !steps.IsRunning(name) && needs[name].All(done.Contains))
                {
                    goesOn |= Begin(resource);
                }
            }
        }
        while (goesOn);
    }

    private void Resume(StackResource now) => steps.Start(
        now.LogicalId,
        () => now.Detail.IsPending ? run.Steps.LookAsync(now)
            : now.Step is "CREATE" ? run.Steps.CreateAsync(now, isRetry: true)
            : run.Steps.UpdateAsync(now, isRetry: true));

    // Returns whether there was nothing to do.
    private bool Begin(TemplateResource resource)
    {
        var now = run.FindLive(resource.LogicalId);
        if (now is { Step: "CREATE" or "UPDATE" })
        {
            Resume(now);
            return false;
        }

        if (now is not null && now.Detail.DoneIn == Operation.Number && now.IsComplete)
        {
            return done.Add(resource.LogicalId);
        }

        try
        {
            var properties = (JsonObject)(evaluation.Evaluate(resource.Properties, new LiveResources(run)) ?? new JsonObject());
            return Begin(resource, now, properties);
        }
        catch (FaultException error) when (error.Fault is TemplateInvalid)
        {
            var unmade = now ?? Made(resource, [], StackStatus.Creating);
            steps.Start(resource.LogicalId, () => run.Steps.FailAsync(unmade with { Status = now is null ? StackStatus.Creating : StackStatus.Updating }, error.Message, state: null));
            return false;
        }
    }

    private bool Begin(TemplateResource resource, StackResource? now, JsonObject properties)
    {
        if (now is null)
        {
            var made = Made(resource, properties, StackStatus.Creating);
            steps.Start(made.LogicalId, async () =>
            {
                await run.WriteAsync(made, [null]);
                return await run.Steps.CreateAsync(made, isRetry: false);
            });
            return false;
        }

        var type = run.Parts.Types.Get(resource.Type);
        var isSame = StackPlan.Differences(now.Detail.Properties, properties).Count == 0;
        if (isSame && !type.IsAlwaysUpdated && now.Detail.Tags.SequenceEqual(run.Stack.Source.Tags))
        {
            return Settle(resource, now);
        }

        if (!isSame && type.ReplacedBy(now.Detail.Properties, properties).Count > 0)
        {
            steps.Start(now.LogicalId, () => ReplaceAsync(resource, now, properties));
        }
        else
        {
            steps.Start(now.LogicalId, () => UpdateAsync(resource, now, properties));
        }

        return false;
    }

    // What the template says besides the properties costs no call.
    private bool Settle(TemplateResource resource, StackResource now)
    {
        var settled = Described(now, resource);
        if (!string.Equals(now.Detail.DeletionPolicy, settled.Detail.DeletionPolicy, StringComparison.Ordinal)
            || !string.Equals(now.Detail.UpdateReplacePolicy, settled.Detail.UpdateReplacePolicy, StringComparison.Ordinal)
            || !Nodes.AreEqual(now.Detail.Metadata, settled.Detail.Metadata)
            || !now.Detail.Needs.SequenceEqual(settled.Detail.Needs, StringComparer.Ordinal))
        {
            steps.Start(now.LogicalId, async () =>
            {
                await run.WriteAsync(settled);
                return settled;
            });
            return false;
        }

        return done.Add(resource.LogicalId);
    }

    private async Task<StackResource> UpdateAsync(TemplateResource resource, StackResource now, JsonObject properties)
    {
        var begun = Described(now, resource) with
        {
            Status = StackStatus.Updating,
            Reason = null,
            Step = "UPDATE",
            BegunAt = run.Parts.Time.GetUtcNow(),
            ChangedAt = run.Parts.Time.GetUtcNow(),
        };
        begun = begun with
        {
            Detail = begun.Detail with
            {
                Target = properties,
                Original = begun.Detail.Original ?? begun.Detail.Properties,
                OriginalTags = begun.Detail.OriginalTags ?? begun.Detail.Tags,
                DoneIn = 0,
            },
        };
        await run.WriteAsync(begun, [null]);
        return await run.Steps.UpdateAsync(begun, isRetry: false);
    }

    private async Task<StackResource> ReplaceAsync(TemplateResource resource, StackResource now, JsonObject properties)
    {
        var made = Made(resource, properties, StackStatus.Updating);
        var old = now with
        {
            RetiredIn = Operation.Number,
            Detail = now.Detail with { IsReplaced = true, UpdateReplacePolicy = resource.UpdateReplacePolicy },
        };
        await run.Parts.Database.WriteAsync(
            async tx =>
            {
                await StackRows.WriteAsync(tx, old);
                await StackRows.WriteAsync(tx, made);
                await run.Parts.Events.AddAsync(
                    tx,
                    run.Stack,
                    made with { PhysicalId = now.PhysicalId },
                    "Requested update requires the creation of a new physical resource; hence creating one.");
            },
            run.Cancel);
        return await run.Steps.CreateAsync(made, isRetry: false);
    }

    private void Take(StackResource resource)
    {
        foreach (var old in run.Live.Where(one => IsOther(one, resource)).ToArray())
        {
            run.Keep(old with { RetiredIn = Operation.Number, Detail = old.Detail with { IsReplaced = true } });
        }

        run.Keep(resource);
        if (resource.Status.EndsWith("_FAILED", StringComparison.Ordinal))
        {
            failed.Add(resource);
        }
        else
        {
            (resource.Step is null ? done : waiting).Add(resource.LogicalId);
        }
    }

    private static bool IsOther(StackResource one, StackResource resource) =>
        string.Equals(one.LogicalId, resource.LogicalId, StringComparison.Ordinal) && !string.Equals(one.Suffix, resource.Suffix, StringComparison.Ordinal);

    private async Task<bool> EndAsync()
    {
        var end = new ForwardEnd(run);
        if (failed.Count > 0 || stop is not null)
        {
            await end.FailAsync(failed, stop);
            return false;
        }

        if (waiting.Count > 0)
        {
            return true;
        }

        await end.CompleteAsync(evaluation, wanted.Keys);
        return false;
    }

    private StackResource Made(TemplateResource resource, JsonObject properties, string status) => Described(
        new(run.Stack.Id, resource.LogicalId, run.Parts.Ids.NewResourceSuffix(), resource.Type)
        {
            Status = status,
            Step = "CREATE",
            MadeIn = Operation.Number,
            BegunAt = run.Parts.Time.GetUtcNow(),
            ChangedAt = run.Parts.Time.GetUtcNow(),
            Detail = new() { Properties = properties, Tags = run.Stack.Source.Tags },
        },
        resource);

    private StackResource Described(StackResource now, TemplateResource resource) => now with
    {
        Detail = now.Detail with
        {
            Needs = needs[resource.LogicalId],
            DeletionPolicy = resource.DeletionPolicy,
            UpdateReplacePolicy = resource.UpdateReplacePolicy,
            Metadata = resource.Metadata,
        },
    };
}
