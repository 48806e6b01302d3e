using System.Globalization;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What happened to stacks, written with the change that it is about.</summary>
internal sealed class StackEvents(Ids ids, TimeProvider time)
{
    private const string StackType = "AWS::CloudFormation::Stack";
    private const string Columns = "stack_id, number, id, logical_id, physical_id, type, status, reason, properties, token, happened_at";

    /// <summary>The stack became what it is.</summary>
    public Task AddAsync(Transaction tx, Stack stack) => InsertAsync(
        tx,
        new(stack.Id, stack.Name, StackType, stack.Status)
        {
            Id = ids.NewGuid().ToString(),
            PhysicalId = stack.Id,
            Reason = stack.StatusReason,
            Token = stack.Operation.Token,
        },
        time.GetUtcNow());

    /// <summary>A resource became what it is, or what is said instead.</summary>
    public Task AddAsync(Transaction tx, Stack stack, StackResource resource, string? reason = null)
    {
        var now = time.GetUtcNow();
        var properties = resource.Detail.Target ?? resource.Detail.Properties;
        return InsertAsync(tx, new(stack.Id, resource.LogicalId, resource.Type, resource.Status)
        {
            Id = $"{resource.LogicalId}-{resource.Status}-{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}",
            PhysicalId = resource.PhysicalId,
            Reason = reason ?? resource.Reason,
            Properties = stack.Source.Parameters.Any(parameter => parameter.IsSecret) ? null : properties.ToJsonString(),
            Token = stack.Operation.Token,
        },
        now);
    }

    /// <summary>A page of a stack's events, the newest first.</summary>
    public static async Task<IReadOnlyList<StackEvent>> ReadAsync(RowReader rows, string stackId, long? before, int limit) =>
    [
        .. (await rows.QueryAsync<Row>(
            $"SELECT {Columns} FROM stack_event WHERE stack_id = @stackId AND number < @before ORDER BY number DESC LIMIT @limit",
            new { stackId, before = before ?? long.MaxValue, limit }))
            .Select(row => row.ToEvent()),
    ];

    private static Task InsertAsync(Transaction tx, StackEvent added, DateTimeOffset now) => tx.ExecuteAsync(
        $"""
        INSERT INTO stack_event ({Columns})
        SELECT @StackId, COALESCE(MAX(number), 0) + 1, @Id, @LogicalId, @PhysicalId, @Type, @Status, @Reason, @Properties, @Token, @now
          FROM stack_event WHERE stack_id = @StackId
        """,
        new
        {
            added.StackId,
            added.Id,
            added.LogicalId,
            added.PhysicalId,
            added.Type,
            added.Status,
            added.Reason,
            added.Properties,
            added.Token,
            now = now.ToUnixTimeMilliseconds(),
        });

    private sealed record Row
    {
        public string StackId { get; init; } = "";

        public long Number { get; init; }

        public string Id { get; init; } = "";

        public string LogicalId { get; init; } = "";

        public string? PhysicalId { get; init; }

        public string Type { get; init; } = "";

        public string Status { get; init; } = "";

        public string? Reason { get; init; }

        public string? Properties { get; init; }

        public string? Token { get; init; }

        public long HappenedAt { get; init; }

        public StackEvent ToEvent() => new(StackId, LogicalId, Type, Status)
        {
            Number = Number,
            Id = Id,
            PhysicalId = PhysicalId,
            Reason = Reason,
            Properties = Properties,
            Token = Token,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(HappenedAt),
        };
    }
}
