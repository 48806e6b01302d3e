using System.Text.Json;
using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>The rows of stacks, their resources and what happened to them.</summary>
internal static class StackRows
{
    public const string Columns =
        "id, account, region, name, status, status_reason, parent_id, root_id, source, former, operation, caller, outputs, protected, "
        + "change_set_id, created_at, updated_at, deleted_at";

    private const string ResourceColumns =
        "stack_id, logical_id, suffix, type, physical_id, status, reason, step, made_in, retired_in, begun_at, changed_at, detail";

    public static async Task<Stack?> FindAsync(RowReader rows, string id) =>
        (await rows.FindAsync<StackRow>($"SELECT {Columns} FROM stack WHERE id = @id", new { id }))?.ToStack();

    /// <summary>The stack of a name, which is not deleted, or of an id, which may be.</summary>
    public static async Task<Stack?> FindAsync(RowReader rows, RegistryId home, string nameOrId) => nameOrId.StartsWith("arn:", StringComparison.Ordinal)
        ? await FindAsync(rows, nameOrId) is { } stack && stack.Home == home ? stack : null
        : (await rows.FindAsync<StackRow>(
            $"SELECT {Columns} FROM stack WHERE account = @account AND region = @region AND live_name = @nameOrId",
            new { account = home.Account.ToString(), region = home.Region.ToString(), nameOrId }))?.ToStack();

    public static async Task<IReadOnlyList<StackResource>> ResourcesAsync(RowReader rows, string stackId) =>
    [
        .. (await rows.QueryAsync<ResourceRow>(
            $"SELECT {ResourceColumns} FROM stack_resource WHERE stack_id = @stackId ORDER BY logical_id, suffix", new { stackId }))
            .Select(row => row.ToResource()),
    ];

    public static Task InsertAsync(Transaction tx, Stack stack) => tx.ExecuteAsync(
        """
        INSERT INTO stack (id, account, region, name, live_name, status, status_reason, parent_id, root_id, source, operation, caller, outputs,
                           protected, change_set_id, created_at)
        VALUES (@id, @account, @region, @name, @name, @status, @reason, @parent, @root, @source, @operation, @caller, '[]', @isProtected, @changeSet, @created)
        """,
        new
        {
            id = stack.Id,
            account = stack.Home.Account.ToString(),
            region = stack.Home.Region.ToString(),
            name = stack.Name,
            status = stack.Status,
            reason = stack.StatusReason,
            parent = stack.ParentId,
            root = stack.RootId,
            source = JsonSerializer.Serialize(stack.Source),
            operation = JsonSerializer.Serialize(stack.Operation),
            caller = stack.Caller,
            isProtected = stack.IsProtected,
            changeSet = stack.ChangeSetId,
            created = stack.CreatedAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>Writes all that may change of a stack, if it still has the status it was read with.</summary>
    public static async Task<bool> UpdateAsync(Transaction tx, Stack stack, string from) => await tx.ExecuteAsync(
        """
        UPDATE stack SET status = @status, status_reason = @reason, source = @source, former = @former, operation = @operation, caller = @caller,
               outputs = @outputs, protected = @isProtected, change_set_id = @changeSet, updated_at = @updated, deleted_at = @deleted,
               live_name = CASE WHEN @isDeleted THEN NULL ELSE name END
         WHERE id = @id AND status = @from
        """,
        new
        {
            id = stack.Id,
            from,
            status = stack.Status,
            reason = stack.StatusReason,
            source = JsonSerializer.Serialize(stack.Source),
            former = stack.Former is null ? null : JsonSerializer.Serialize(stack.Former),
            operation = JsonSerializer.Serialize(stack.Operation),
            caller = stack.Caller,
            outputs = JsonSerializer.Serialize(stack.Outputs),
            isProtected = stack.IsProtected,
            changeSet = stack.ChangeSetId,
            updated = stack.UpdatedAt?.ToUnixTimeMilliseconds(),
            deleted = stack.DeletedAt?.ToUnixTimeMilliseconds(),
            isDeleted = stack.DeletedAt is not null,
        }) > 0;

    public static Task WriteAsync(Transaction tx, StackResource resource) => tx.ExecuteAsync(
        $"""
        INSERT INTO stack_resource ({ResourceColumns})
        VALUES (@StackId, @LogicalId, @Suffix, @Type, @PhysicalId, @Status, @Reason, @Step, @MadeIn, @RetiredIn, @begun, @changed, @detail)
        ON CONFLICT (stack_id, logical_id, suffix) DO UPDATE SET
            physical_id = excluded.physical_id, status = excluded.status, reason = excluded.reason, step = excluded.step,
            retired_in = excluded.retired_in, begun_at = excluded.begun_at, changed_at = excluded.changed_at, detail = excluded.detail
        """,
        new
        {
            resource.StackId,
            resource.LogicalId,
            resource.Suffix,
            resource.Type,
            resource.PhysicalId,
            resource.Status,
            resource.Reason,
            resource.Step,
            resource.MadeIn,
            resource.RetiredIn,
            begun = resource.BegunAt.ToUnixTimeMilliseconds(),
            changed = resource.ChangedAt.ToUnixTimeMilliseconds(),
            detail = JsonSerializer.Serialize(resource.Detail),
        });

    /// <summary>A stack stands: its parent looks at it, and a change set that it followed is executed.</summary>
    public static async Task EndAsync(Transaction tx, Stack stack, JobQueue jobs)
    {
        if (stack.ParentId is { } parent)
        {
            await jobs.EnqueueAsync(tx, new StackJob(parent), key: StackJob.KeyOf(parent));
        }

        await tx.ExecuteAsync(
            "UPDATE stack_change_set SET execution = @execution WHERE stack_id = @Id AND execution = 'EXECUTE_IN_PROGRESS'",
            new { stack.Id, execution = stack.Status is StackStatus.Created or StackStatus.Updated ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED" });
    }

    public static Task RemoveAsync(Transaction tx, StackResource resource) => tx.ExecuteAsync(
        "DELETE FROM stack_resource WHERE stack_id = @StackId AND logical_id = @LogicalId AND suffix = @Suffix",
        new { resource.StackId, resource.LogicalId, resource.Suffix });

    private sealed record ResourceRow
    {
        public string StackId { get; init; } = "";

        public string LogicalId { get; init; } = "";

        public string Suffix { get; init; } = "";

        public string Type { get; init; } = "";

        public string? PhysicalId { get; init; }

        public string Status { get; init; } = "";

        public string? Reason { get; init; }

        public string? Step { get; init; }

        public long MadeIn { get; init; }

        public long? RetiredIn { get; init; }

        public long BegunAt { get; init; }

        public long ChangedAt { get; init; }

        public string Detail { get; init; } = "";

        public StackResource ToResource() => new(StackId, LogicalId, Suffix, Type)
        {
            PhysicalId = PhysicalId,
            Status = Status,
            Reason = Reason,
            Step = Step,
            MadeIn = MadeIn,
            RetiredIn = RetiredIn,
            BegunAt = DateTimeOffset.FromUnixTimeMilliseconds(BegunAt),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
            Detail = JsonSerializer.Deserialize<ResourceDetail>(Detail)!,
        };
    }
}
