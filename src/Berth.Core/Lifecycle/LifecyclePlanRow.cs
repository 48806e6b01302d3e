using Berth.Storage.Rows;

namespace Berth.Lifecycle;

/// <summary>The row of table <c>lifecycle_plan</c>: what a policy decided at a moment.</summary>
internal sealed record LifecyclePlanRow
{
    public const string Run = "run";
    public const string Preview = "preview";

    private const int AtOnce = 1_000;

    public string Id { get; init; } = "";
    public string RepositoryId { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string Status { get; init; } = "";
    public string Document { get; init; } = "";
    public string? PolicyId { get; init; }
    public int? Version { get; init; }
    public long MadeAt { get; init; }
    public int Expiring { get; init; }
    public int Transitioning { get; init; }

    public static Task<LifecyclePlanRow?> FindAsync(RowReader rows, string repository, string purpose) => rows.FindAsync<LifecyclePlanRow>(
        "SELECT * FROM lifecycle_plan WHERE repository_id = @repository AND purpose = @purpose", new { repository, purpose });

    public static Task<LifecyclePlanRow?> FindAsync(RowReader rows, string id) =>
        rows.FindAsync<LifecyclePlanRow>("SELECT * FROM lifecycle_plan WHERE id = @id", new { id });

    public Task InsertAsync(Transaction tx) => tx.ExecuteAsync(
        """
        INSERT INTO lifecycle_plan (id, repository_id, purpose, status, document, policy_id, version, made_at)
        VALUES (@Id, @RepositoryId, @Purpose, @Status, @Document, @PolicyId, @Version, @MadeAt)
        """,
        this);

    /// <summary>Deletes what was decided, in small transactions; the plan's row itself is for who keeps it.</summary>
    public static async Task ClearAsync(Database database, string id, CancellationToken cancel)
    {
        while (await database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                DELETE FROM lifecycle_result
                 WHERE plan_id = @id
                   AND position IN (SELECT position FROM lifecycle_result WHERE plan_id = @id ORDER BY position LIMIT @AtOnce)
                """,
                new { id, AtOnce }),
            cancel) == AtOnce)
        {
        }
    }
}

/// <summary>The row of table <c>lifecycle_result</c>: what was decided on one image.</summary>
internal sealed record LifecycleResultRow
{
    public int Position { get; init; }
    public string Digest { get; init; } = "";
    public string Tags { get; init; } = "";
    public long PushedAt { get; init; }
    public long Mark { get; init; }
    public string Status { get; init; } = "";
    public string Action { get; init; } = "";
    public int RulePriority { get; init; }
}
