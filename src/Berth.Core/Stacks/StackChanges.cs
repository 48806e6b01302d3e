using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Begins what is done with stacks; the work itself is a job's.</summary>
public sealed class StackChanges(StackParts parts)
{
    /// <summary>How many stacks an account may have in a Region (CloudFormation quotas).</summary>
    public const int MostStacks = 2000;

    private static readonly TimeSpan DeletedAreKept = TimeSpan.FromDays(90);

    private readonly StackSources sources = new(parts);

    private DateTimeOffset Now => parts.Time.GetUtcNow();

    /// <summary>
    /// Begins to make a stack. Faults: <see cref="StackAlreadyExists"/>, <see cref="TooManyStacks"/>, <see cref="TemplateInvalid"/>,
    /// <see cref="StackRequestInvalid"/>, <see cref="CapabilityMissing"/>.
    /// </summary>
    public async Task<Stack> CreateAsync(StackRequest request, CancellationToken cancel)
    {
        var id = NewId(request.Home, request.Name);
        var prepared = await sources.PrepareAsync(request, new(request.Home, request.Name, id), previous: null, cancel);
        StackPlan.Make(prepared, [], [], parts.Types);
        var stack = New(request, id) with { Status = StackStatus.Creating, StatusReason = "User Initiated", Source = prepared.Source };
        return await parts.Database.WriteAsync(tx => InsertAsync(tx, stack), cancel);
    }

    /// <summary>
    /// Begins to update a stack. Faults: <see cref="StackNotFound"/>, <see cref="TemplateInvalid"/>, <see cref="StackRequestInvalid"/>,
    /// <see cref="CapabilityMissing"/>; also when there is nothing to do.
    /// </summary>
    public async Task<Stack> UpdateAsync(StackRequest request, CancellationToken cancel)
    {
        var (stack, resources) = await ReadAsync(request.Home, request.Name, cancel);
        if (IsSameRequest(stack, request.Operation.Token, StackStatus.Updating))
        {
            return stack;
        }

        RefuseUnready(stack);
        var prepared = await sources.PrepareAsync(request, StackIdentity.Of(stack), stack.Source, cancel);
        var (changes, outputsDiffer) = StackPlan.Make(prepared, resources, stack.Outputs, parts.Types);
        if (changes.Count == 0 && !outputsDiffer)
        {
            throw new StackRequestInvalid("No updates are to be performed.").AsException();
        }

        return await BeginAsync(Updating(stack, request, prepared.Source), stack.Status, cancel);
    }

    /// <summary>
    /// Begins to delete a stack; one that is deleted is left alone. Faults: <see cref="StackRequestInvalid"/>, <see cref="StackNotFound"/>
    /// for an ARN of none.
    /// </summary>
    public async Task DeleteAsync(StackRequest request, CancellationToken cancel)
    {
        var home = request.Home;
        var stack = await parts.Database.ReadAsync(rows => StackRows.FindAsync(rows, home, request.Name), cancel);
        if (stack is null or { Status: StackStatus.Deleted or StackStatus.Deleting })
        {
            return;
        }

        await RefuseDeletionAsync(stack, request.Operation, request.ParentId is not null, cancel);
        await parts.Callers.CheckRoleAsync(request.RoleArn ?? stack.Source.RoleArn, home, stack.Id, cancel);
        var operation = Numbered(stack, request.Operation);
        var deleting = stack with
        {
            Status = StackStatus.Deleting,
            StatusReason = "User Initiated",
            Operation = operation,
            Caller = parts.Callers.Seal(request.Caller, stack.Id),
            Source = stack.Source with { RoleArn = request.RoleArn ?? stack.Source.RoleArn },
        };
        await BeginAsync(deleting, stack.Status, cancel);
    }

    /// <summary>Has an update that is going on taken back. Faults: <see cref="StackNotFound"/>, <see cref="StackRequestInvalid"/>.</summary>
    public async Task CancelUpdateAsync(RegistryId home, string name, CancellationToken cancel)
    {
        var (stack, _) = await ReadAsync(home, name, cancel);
        if (stack.Status is not StackStatus.Updating)
        {
            throw new StackRequestInvalid($"CancelUpdateStack cannot be called from current stack status").AsException();
        }

        var cancelled = stack with { Operation = stack.Operation with { IsCancelled = true } };
        await parts.Database.WriteAsync(
            async tx =>
            {
                await StackRows.UpdateAsync(tx, cancelled, stack.Status);
                await parts.Jobs.EnqueueAsync(tx, new StackJob(stack.Id), key: StackJob.KeyOf(stack.Id));
            },
            cancel);
    }

    /// <summary>
    /// Goes on taking back an update, where that had failed, leaving some resources as they are. Faults: <see cref="StackNotFound"/>,
    /// <see cref="StackRequestInvalid"/>.
    /// </summary>
    public async Task ContinueRollbackAsync(StackRequest request, IReadOnlyList<string> skipped, CancellationToken cancel)
    {
        var (stack, resources) = await ReadAsync(request.Home, request.Name, cancel);
        if (stack.Status is not StackStatus.RestoreFailed)
        {
            throw new StackRequestInvalid($"Stack:{stack.Id} is in {stack.Status} state and can not continue rollback.").AsException();
        }

        if (skipped.Where(name => !resources.Any(resource => resource.Status is StackStatus.UpdateFailed && string.Equals(resource.LogicalId, name, StringComparison.Ordinal))).ToArray() is { Length: > 0 } others)
        {
            throw new StackRequestInvalid($"The following resources cannot be skipped because they are not in UPDATE_FAILED state: [{string.Join(", ", others)}]").AsException();
        }

        await parts.Callers.CheckRoleAsync(request.RoleArn ?? stack.Source.RoleArn, stack.Home, stack.Id, cancel);
        var left = resources.Where(resource => skipped.Contains(resource.LogicalId, StringComparer.Ordinal) && resource.RetiredIn is null);
        await BeginAsync(
            stack with
            {
                Status = StackStatus.Restoring,
                StatusReason = "User Initiated",
                Operation = stack.Operation with { Token = request.Operation.Token },
                Caller = parts.Callers.Seal(request.Caller, stack.Id),
                Source = stack.Source with { RoleArn = request.RoleArn ?? stack.Source.RoleArn },
            },
            stack.Status,
            cancel,
            async tx =>
            {
                foreach (var resource in left)
                {
                    var detail = resource.Detail with { Original = null, OriginalTags = null, Target = null };
                    await StackRows.WriteAsync(tx, resource with { Status = StackStatus.Updated, Reason = null, Detail = detail });
                }
            });
    }

    /// <summary>Says whether a stack may be deleted. Faults: <see cref="StackAbsent"/>, <see cref="StackRequestInvalid"/> for a nested one.</summary>
    public Task<Stack> ProtectAsync(RegistryId home, string name, bool isProtected, CancellationToken cancel) => parts.Database.WriteAsync(
        async tx =>
        {
            var stack = await StackRows.FindAsync(tx, home, name) ?? throw new StackNotFound(name).AsException();
            if (stack.ParentId is not null || stack.DeletedAt is not null)
            {
                throw new StackRequestInvalid(
                    stack.DeletedAt is null ? "Termination protection cannot be updated on nested stacks; update it on the root stack"
                        : $"Stack [{stack.Name}] is in {stack.Status} state and can not be updated.").AsException();
            }

            await StackRows.UpdateAsync(tx, stack with { IsProtected = isProtected }, stack.Status);
            return stack;
        },
        cancel);

    /// <summary>Has an update that had succeeded taken back, as its parent is. Only for nested stacks.</summary>
    internal async Task<Stack> ReturnAsync(StackRequest request, Stack stack, CancellationToken cancel)
    {
        var back = stack with
        {
            Status = StackStatus.Restoring,
            StatusReason = "User Initiated",
            Source = stack.Former!,
            Former = null,
            Operation = Numbered(stack, request.Operation) with { IsReturn = true },
            Caller = parts.Callers.Seal(request.Caller, stack.Id),
        };
        return await BeginAsync(back, stack.Status, cancel);
    }

    /// <summary>A new stack, with nothing done yet.</summary>
    internal Stack New(StackRequest request, string id) => new(id, request.Name, request.Home)
    {
        Status = StackStatus.Review,
        Source = new(""),
        Operation = request.Operation with { Number = 1, BegunAt = Now },
        IsProtected = request.IsProtected,
        ParentId = request.ParentId,
        RootId = request.RootId,
        Caller = parts.Callers.Seal(request.Caller, id),
        CreatedAt = Now,
    };

    internal string NewId(RegistryId home, string name) =>
        $"arn:{home.Region.Partition}:cloudformation:{home.Region}:{home.Account}:stack/{name}/{parts.Ids.NewGuid()}";

    /// <summary>The stack as it is when its update begins.</summary>
    internal Stack Updating(Stack stack, StackRequest request, StackSource source) => stack with
    {
        Status = StackStatus.Updating,
        StatusReason = "User Initiated",
        Source = source,
        Former = stack.Source,
        Operation = Numbered(stack, request.Operation),
        Caller = parts.Callers.Seal(request.Caller, stack.Id),
        UpdatedAt = Now,
    };

    internal StackOperation Numbered(Stack stack, StackOperation operation) => operation with { Number = stack.Operation.Number + 1, BegunAt = Now };

    /// <summary>Writes a new stack and, unless it is only looked at yet, has it worked on.</summary>
    internal async Task<Stack> InsertAsync(Transaction tx, Stack stack)
    {
        var home = new { account = stack.Home.Account.ToString(), region = stack.Home.Region.ToString() };
        if (await StackRows.FindAsync(tx, stack.Home, stack.Name) is { } there)
        {
            return IsSameRequest(there, stack.Operation.Token, StackStatus.Creating) ? there : throw new StackAlreadyExists("Stack", stack.Name).AsException();
        }

        await ForgetOldAsync(tx, stack.Home);
        var count = await tx.FindAsync<long?>(
            "SELECT COUNT(*) FROM stack WHERE account = @account AND region = @region AND live_name IS NOT NULL", home);
        if (count >= MostStacks)
        {
            throw new TooManyStacks(MostStacks).AsException();
        }

        await StackRows.InsertAsync(tx, stack);
        await FollowAsync(tx, stack);
        return stack;
    }

    /// <summary>Moves a stack on, if it is still what it was. Fault: <see cref="StackRequestInvalid"/>.</summary>
    internal Task<Stack> BeginAsync(Stack stack, string from, CancellationToken cancel, Func<Transaction, Task>? together = null) => parts.Database.WriteAsync(
        async tx =>
        {
            if (!await StackRows.UpdateAsync(tx, stack, from))
            {
                throw new StackRequestInvalid($"Stack:{stack.Id} has changed meanwhile and can not be updated.").AsException();
            }

            await (together?.Invoke(tx) ?? Task.CompletedTask);
            await FollowAsync(tx, stack);
            return stack;
        },
        cancel);

    /// <summary>Refuses to update a stack that is not ready for it. Fault: <see cref="StackRequestInvalid"/>.</summary>
    internal static void RefuseUnready(Stack stack)
    {
        if (!StackStatus.MayUpdate(stack.Status))
        {
            throw new StackRequestInvalid($"Stack:{stack.Id} is in {stack.Status} state and can not be updated.").AsException();
        }
    }

    internal async Task<(Stack Stack, IReadOnlyList<StackResource> Resources)> ReadAsync(RegistryId home, string name, CancellationToken cancel) =>
        await parts.Database.ReadAsync(
            async rows => await StackRows.FindAsync(rows, home, name) is { } stack
                ? (stack, await StackRows.ResourcesAsync(rows, stack.Id))
                : throw new StackNotFound(name).AsException(),
            cancel);

    private async Task FollowAsync(Transaction tx, Stack stack)
    {
        await parts.Events.AddAsync(tx, stack);
        if (StackStatus.IsMoving(stack.Status))
        {
            // What would have been done is no longer what would be.
            await tx.ExecuteAsync(
                "UPDATE stack_change_set SET execution = 'OBSOLETE' WHERE stack_id = @Id AND execution = 'AVAILABLE'", new { stack.Id });
            await parts.Jobs.EnqueueAsync(tx, new StackJob(stack.Id), key: StackJob.KeyOf(stack.Id));
        }
    }

    private async Task RefuseDeletionAsync(Stack stack, StackOperation operation, bool isOfParent, CancellationToken cancel)
    {
        if (stack.IsProtected && !isOfParent)
        {
            throw new StackRequestInvalid($"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled").AsException();
        }

        if (StackStatus.IsMoving(stack.Status) && stack.Status is not StackStatus.Creating && !isOfParent)
        {
            throw new StackRequestInvalid($"Stack [{stack.Name}] cannot be deleted while in status {stack.Status}").AsException();
        }

        if ((operation.Retain.Count > 0 || operation.IsForced) && stack.Status is not StackStatus.DeleteFailed)
        {
            throw new StackRequestInvalid(
                $"Invalid operation on stack [{stack.Id}]. Specify the resources to retain only when the current stack status is DELETE_FAILED.").AsException();
        }

        var conflict = await parts.Database.ReadAsync(rows => StackExports.FindConflictAsync(rows, stack, []), cancel);
        if (conflict is not null)
        {
            throw new StackRequestInvalid(conflict).AsException();
        }
    }

    // A client that has not seen the answer asks once more with the same token.
    private static bool IsSameRequest(Stack stack, string? token, string status) =>
        token is not null && string.Equals(stack.Operation.Token, token, StringComparison.Ordinal) && string.Equals(stack.Status, status, StringComparison.Ordinal);

    private async Task ForgetOldAsync(Transaction tx, RegistryId home)
    {
        const string Old = "(SELECT id FROM stack WHERE account = @account AND region = @region AND deleted_at < @before)";
        var which = new
        {
            account = home.Account.ToString(),
            region = home.Region.ToString(),
            before = (Now - DeletedAreKept).ToUnixTimeMilliseconds(),
        };
        foreach (var table in new[] { "stack_resource", "stack_event", "stack_change_set" })
        {
            await tx.ExecuteAsync($"DELETE FROM {table} WHERE stack_id IN {Old}", which);
        }

        await tx.ExecuteAsync("DELETE FROM stack WHERE account = @account AND region = @region AND deleted_at < @before", which);
    }
}
