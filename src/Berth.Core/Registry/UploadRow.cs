using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An upload session's row: what of it is acknowledged.</summary>
internal sealed record UploadRow
{
    public string Id { get; init; } = "";
    public long Received { get; init; }
    public string? StagedId { get; init; }
    public byte[]? WrappedKey { get; init; }
    public byte[]? Tail { get; init; }
    public long LastPart { get; init; }
    public bool SmallPart { get; init; }

    /// <summary>What a process that has not written to the upload itself needs to go on; null when no byte is acknowledged.</summary>
    public StagedState? State => StagedId is null ? null : new(Guid.ParseExact(StagedId, "D"), WrappedKey!, Received, Tail!);

    public static Task<UploadRow?> FindAsync(RowReader rows, Repository repository, string upload) => rows.FindAsync<UploadRow>(
        """
        SELECT id, received, staged_id, wrapped_key, tail, last_part, small_part FROM upload
         WHERE id = @upload AND repository_id = @repository
        """,
        new { upload, repository = repository.Key });

    public static Task InsertAsync(Transaction tx, Repository repository, UploadId id, long now) => tx.ExecuteAsync(
        """
        INSERT INTO upload (id, repository_id, touched_at, received, last_part, small_part)
        VALUES (@id, @repository, @now, 0, 0, FALSE)
        """,
        new { id = id.ToString(), repository = repository.Key, now });

    /// <summary>Acknowledges a part. False when the upload ended meanwhile.</summary>
    public static async Task<bool> AcknowledgeAsync(Transaction tx, UploadId id, StagedState state, long part, bool small, long now) =>
        await tx.ExecuteAsync(
            """
            UPDATE upload SET touched_at = @now, received = @received, staged_id = @staged, wrapped_key = @key, tail = @tail,
                   last_part = @part, small_part = small_part OR @small
             WHERE id = @id
            """,
            new
            {
                id = id.ToString(),
                now,
                received = state.Length,
                staged = state.Id.ToString("D"),
                key = state.WrappedKey,
                tail = state.SealedTail,
                part,
                small,
            }) > 0;

    public static Task DeleteAsync(Transaction tx, UploadId id) =>
        tx.ExecuteAsync("DELETE FROM upload WHERE id = @id", new { id = id.ToString() });

    /// <summary>Ends sessions that nobody will go on with: rows first, so that no session outlives its bytes.</summary>
    public static async Task DiscardAsync(
        IReadOnlyList<UploadRow> uploads, Database database, SealedBlobs blobs, UploadSessions sessions, CancellationToken cancel)
    {
        var ids = uploads.Select(upload => new UploadId(Guid.ParseExact(upload.Id, "D"))).ToList();
        await database.WriteAsync(
            async tx =>
            {
                foreach (var id in ids)
                {
                    await DeleteAsync(tx, id);
                }
            },
            cancel);
        await sessions.ForgetAsync(ids);
        foreach (var upload in uploads)
        {
            if (upload.StagedId is { } staged)
            {
                await blobs.DiscardAsync(Guid.ParseExact(staged, "D"), cancel);
            }
        }
    }
}
