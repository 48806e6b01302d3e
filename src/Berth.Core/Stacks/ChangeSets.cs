using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Change sets: made at once, since all they need is read and nothing is asked of others.</summary>
public sealed class ChangeSets(StackParts parts, StackChanges stacks)
{
    private const string Columns = "id, stack_id, name, status, reason, execution, description, source, detail, created_at";
    private const string Nothing = "The submitted information didn't contain changes. Submit different information to create a change set.";

    private readonly StackSources sources = new(parts);

    /// <summary>
    /// Makes a change set, and with it the stack when it is to make one. Faults: <see cref="StackRequestInvalid"/>, <see cref="StackAbsent"/>,
    /// <see cref="StackAlreadyExists"/>, <see cref="TemplateInvalid"/>, <see cref="CapabilityMissing"/>.
    /// </summary>
    public async Task<ChangeSet> CreateAsync(StackRequest request, NewChangeSet asked, CancellationToken cancel)
    {
        var (stack, resources) = await FindAsync(request, asked, cancel);
        var isNew = stack is null;
        stack ??= stacks.New(request, stacks.NewId(request.Home, request.Name)) with { StatusReason = "User Initiated" };
        var prepared = await sources.PrepareAsync(request, StackIdentity.Of(stack), asked.IsCreation ? null : stack.Source, cancel);
        var (changes, outputsDiffer) = StackPlan.Make(prepared, resources, stack.Outputs, parts.Types);
        var isEmpty = changes.Count == 0 && !outputsDiffer;
        var made = new ChangeSet(ArnOf(request.Home, asked.Name), asked.Name, stack.Id)
        {
            Status = isEmpty ? "FAILED" : StackStatus.Created,
            Reason = isEmpty ? Nothing : null,
            Execution = isEmpty ? "UNAVAILABLE" : "AVAILABLE",
            Description = asked.Description,
            Source = prepared.Source,
            Detail = new(changes) { IsCreation = asked.IsCreation, OnFailure = asked.OnFailure, IncludesNested = asked.IncludesNested },
            CreatedAt = parts.Time.GetUtcNow(),
        };
        await parts.Database.WriteAsync(
            async tx =>
            {
                if (isNew)
                {
                    await stacks.InsertAsync(tx, stack);
                }

                await InsertAsync(tx, made);
            },
            cancel);
        return made;
    }

    /// <summary>A change set by its ARN, or by its name and that of its stack. Faults: <see cref="ChangeSetNotFound"/>, <see cref="StackAbsent"/>, <see cref="StackRequestInvalid"/>.</summary>
    public Task<(ChangeSet Set, Stack Stack)> GetAsync(RegistryId home, string nameOrId, string? stack, CancellationToken cancel) =>
        parts.Database.ReadAsync(rows => GetAsync(rows, home, nameOrId, stack), cancel);

    /// <summary>A page of a stack's change sets, by name. Fault: <see cref="StackAbsent"/>.</summary>
    public Task<IReadOnlyList<ChangeSet>> ListAsync(Stack stack, string? after, int limit, CancellationToken cancel) => parts.Database.ReadAsync<IReadOnlyList<ChangeSet>>(
        async rows =>
        [
            .. (await rows.QueryAsync<Row>(
                $"SELECT {Columns} FROM stack_change_set WHERE stack_id = @Id AND name > @after ORDER BY name LIMIT @limit",
                new { stack.Id, after = after ?? "", limit })).Select(row => row.ToSet()),
        ],
        cancel);

    /// <summary>Deletes a change set that is not being executed; one that is not there is deleted. Faults: as <see cref="GetAsync(RegistryId, string, string?, CancellationToken)"/>.</summary>
    public Task DeleteAsync(RegistryId home, string nameOrId, string? stack, CancellationToken cancel) => parts.Database.WriteAsync(
        async tx =>
        {
            if (await FindAsync(tx, home, nameOrId, stack) is not var (set, _))
            {
                return;
            }

            if (set.Execution is "EXECUTE_IN_PROGRESS")
            {
                throw new ChangeSetNotExecutable(set.Id, set.Execution).AsException();
            }

            await tx.ExecuteAsync("DELETE FROM stack_change_set WHERE id = @Id", new { set.Id });
        },
        cancel);

    /// <summary>
    /// Does what a change set says; the stack's others are of no use then, and are gone. Faults: <see cref="ChangeSetNotExecutable"/>, and as
    /// <see cref="GetAsync(RegistryId, string, string?, CancellationToken)"/>.
    /// </summary>
    public async Task ExecuteAsync(StackRequest request, string nameOrId, string? stackName, CancellationToken cancel)
    {
        var (set, stack) = await GetAsync(request.Home, nameOrId, stackName, cancel);
        if (set.Execution is not "AVAILABLE")
        {
            throw new ChangeSetNotExecutable(set.Id, set.Status is "FAILED" ? set.Status : set.Execution).AsException();
        }

        if (!set.Detail.IsCreation)
        {
            StackChanges.RefuseUnready(stack);
        }

        var operation = request.Operation with { OnFailure = request.Operation.OnFailure is "ROLLBACK" ? set.Detail.OnFailure ?? "ROLLBACK" : request.Operation.OnFailure };
        var begun = set.Detail.IsCreation
            ? stack with
            {
                Status = StackStatus.Creating,
                StatusReason = "User Initiated",
                Source = set.Source,
                Operation = stacks.Numbered(stack, operation),
                Caller = parts.Callers.Seal(request.Caller, stack.Id),
            }
            : stacks.Updating(stack, request with { Operation = operation }, set.Source);
        await stacks.BeginAsync(begun with { ChangeSetId = set.Id }, stack.Status, cancel, async tx =>
        {
            await tx.ExecuteAsync("DELETE FROM stack_change_set WHERE stack_id = @StackId AND id <> @Id", new { set.StackId, set.Id });
            await tx.ExecuteAsync("UPDATE stack_change_set SET execution = 'EXECUTE_IN_PROGRESS' WHERE id = @Id", new { set.Id });
        });
    }

    private async Task<(Stack? Stack, IReadOnlyList<StackResource> Resources)> FindAsync(StackRequest request, NewChangeSet asked, CancellationToken cancel)
    {
        var (stack, resources) = await parts.Database.ReadAsync(
            async rows => await StackRows.FindAsync(rows, request.Home, request.Name) is { } found
                ? (found, await StackRows.ResourcesAsync(rows, found.Id))
                : ((Stack?)null, (IReadOnlyList<StackResource>)[]),
            cancel);
        if (asked.IsCreation && stack is not null and not { Status: StackStatus.Review })
        {
            throw new StackRequestInvalid($"Stack [{request.Name}] already exists and cannot be created again with the changeSet [{asked.Name}].").AsException();
        }

        if (!asked.IsCreation)
        {
            StackChanges.RefuseUnready(stack ?? throw new StackAbsent(request.Name).AsException());
        }
        else if (stack is null && request.Name.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new StackAbsent(request.Name).AsException();
        }

        return (stack, resources);
    }

    private static async Task<(ChangeSet Set, Stack Stack)> GetAsync(RowReader rows, RegistryId home, string nameOrId, string? stack) =>
        await FindAsync(rows, home, nameOrId, stack) ?? throw new ChangeSetNotFound(nameOrId).AsException();

    private static async Task<(ChangeSet Set, Stack Stack)?> FindAsync(RowReader rows, RegistryId home, string nameOrId, string? stackName)
    {
        if (nameOrId.StartsWith("arn:", StringComparison.Ordinal))
        {
            var row = await rows.FindAsync<Row>($"SELECT {Columns} FROM stack_change_set WHERE id = @nameOrId", new { nameOrId });
            return row is not null && await StackRows.FindAsync(rows, home, row.StackId) is { } owner ? (row.ToSet(), owner) : null;
        }

        if (stackName is null)
        {
            throw new StackRequestInvalid("StackName must be specified if ChangeSetName is not specified as an ARN.").AsException();
        }

        var stack = await StackRows.FindAsync(rows, home, stackName) ?? throw new StackAbsent(stackName).AsException();
        var found = await rows.FindAsync<Row>(
            $"SELECT {Columns} FROM stack_change_set WHERE stack_id = @Id AND name = @nameOrId", new { stack.Id, nameOrId });
        return found is null ? null : (found.ToSet(), stack);
    }

    private static async Task InsertAsync(Transaction tx, ChangeSet set)
    {
        var inserted = await tx.ExecuteAsync(
            $"""
            INSERT INTO stack_change_set ({Columns})
            VALUES (@Id, @StackId, @Name, @Status, @Reason, @Execution, @Description, @source, @detail, @created)
            ON CONFLICT (stack_id, name) DO NOTHING
            """,
            new
            {
                set.Id,
                set.StackId,
                set.Name,
                set.Status,
                set.Reason,
                set.Execution,
                set.Description,
                source = JsonSerializer.Serialize(set.Source),
                detail = JsonSerializer.Serialize(set.Detail),
                created = set.CreatedAt.ToUnixTimeMilliseconds(),
            });
        if (inserted == 0)
        {
            throw new StackAlreadyExists("ChangeSet", set.Name).AsException();
        }
    }

    private string ArnOf(RegistryId home, string name) =>
        $"arn:{home.Region.Partition}:cloudformation:{home.Region}:{home.Account}:changeSet/{name}/{parts.Ids.NewGuid()}";

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string StackId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Status { get; init; } = "";

        public string? Reason { get; init; }

        public string Execution { get; init; } = "";

        public string? Description { get; init; }

        public string Source { get; init; } = "";

        public string Detail { get; init; } = "";

        public long CreatedAt { get; init; }

        public ChangeSet ToSet() => new(Id, Name, StackId)
        {
            Status = Status,
            Reason = Reason,
            Execution = Execution,
            Description = Description,
            Source = JsonSerializer.Deserialize<StackSource>(Source)!,
            Detail = JsonSerializer.Deserialize<ChangeSetDetail>(Detail)!,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}

/// <summary>A change set that is asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsCreation">Whether it makes the stack.</param>
public sealed record NewChangeSet(string Name, bool IsCreation)
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What becomes of a stack that cannot be made; null for what is usual.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Whether change sets of nested stacks are asked for.</summary>
    public bool IncludesNested { get; init; }
}
