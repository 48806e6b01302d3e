using System.Runtime.ExceptionServices;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// Moves blobs between the classes of storage. A move makes another object: it is claimed in the blob's row, copied and made
/// durable, exchanged for the old one in a transaction that sees once more whether the move is still wanted, and only then
/// is the old one deleted. Killed anywhere, the row names the object that is in use and the one that is not; whoever comes
/// next marks that one in the row, so that no exchange can take it any more, deletes it and begins anew. Of two that move the
/// same blob at once, one loses the exchange and deletes its own.
/// </summary>
public sealed class BlobMoves(Database database, SealedBlobs blobs, Ids ids, TimeProvider time)
{
    private const int AtOnce = 50;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(10);

    /// <summary>Whether there is another place to move archived blobs to.</summary>
    public bool HasArchive => blobs.HasArchive;

    /// <summary>
    /// Looks at every blob that may lie in the wrong place and moves those that do. One that fails is left for later and does
    /// not hold up the others; the first failure is thrown at the end. On a full disk nothing else is tried.
    /// </summary>
    public async Task ReviewAsync(CancellationToken cancel)
    {
        ExceptionDispatchInfo? failure = null;
        while (await DueAsync(cancel) is { Count: > 0 } due)
        {
            foreach (var blob in due)
            {
                try
                {
                    await PlaceAsync(blob, wish: null, cancel);
                }
                catch (Exception error) when (error is not (OperationCanceledException or FaultException { Fault: StorageFull }))
                {
                    failure ??= ExceptionDispatchInfo.Capture(error);
                    await PostponeAsync(blob);
                }
            }
        }

        failure?.Throw();
    }

    /// <summary>Brings blobs back to hand; they are when this returns. Those that are gone are passed over.</summary>
    internal async Task BringBackAsync(IReadOnlyList<BlobRow> archived, CancellationToken cancel)
    {
        foreach (var blob in archived)
        {
            await PlaceAsync(blob, StorageClass.Standard, cancel);
        }
    }

    private async Task PlaceAsync(BlobRow named, StorageClass? wish, CancellationToken cancel)
    {
        while (await ClaimAsync(named, wish, cancel) is { } move)
        {
            var key = move.Row.Key;
            if (move.Row.Spare is { } spare)
            {
                await blobs.DeleteEverywhereAsync(key.Scope, key.Digest, spare, cancel);
                await ForgetSpareAsync(move.Row, spare, cancel);
                continue;
            }

            await (move.To == key.Class ? SettleAsync(move, cancel) : MoveAsync(move, wish, cancel));
            return;
        }
    }

    private async Task MoveAsync(Move move, StorageClass? wish, CancellationToken cancel)
    {
        var key = move.Row.Key;
        var copy = await blobs.CopyAsync(move.Row.Blob, move.Id, move.To, cancel);
        if (await ExchangeAsync(move, copy, wish, cancel))
        {
            await blobs.DeleteAsync(key, cancel);
            await ForgetSpareAsync(move.Row, key.Id, cancel);
            await SettleAsync(move, cancel);
        }
        else
        {
            await blobs.DeleteAsync(copy.Key, cancel);
        }
    }

    // Null when the blob is gone. The id of the object to be made is in the row before there is such an object; one that is
    // there already is marked first.
    private Task<Move?> ClaimAsync(BlobRow named, StorageClass? wish, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var at = new { scope = named.Scope, digest = named.Digest, now = Now };
            var row = await tx.FindAsync<BlobRow>(
                $"""
                UPDATE blob SET review_at = COALESCE(review_at, @now) WHERE scope = @scope AND digest = @digest
                RETURNING {BlobRow.Columns}
                """,
                at);
            if (row is null)
            {
                return null;
            }

            var to = wish ?? await PlaceOfAsync(tx, row);
            var move = new Move(row, to, ids.NewGuid(), wish is null ? null : BlobRow.AfterPush(at.now));
            if (row.Spare is not null || to != row.Key.Class)
            {
                await tx.ExecuteAsync(
                    "UPDATE blob SET spare_id = @spare WHERE scope = @scope AND digest = @digest",
                    new { at.scope, at.digest, spare = row.Spare is { } old ? BlobRow.ToDelete(old) : move.Id.ToString("D") });
            }

            return move;
        },
        cancel);

    // An image that is active, or about to be, wants its layers at hand. What was pushed and no image refers to yet stays
    // where it is, and so does what nobody has any more: the collector takes it there.
    private static async Task<StorageClass> PlaceOfAsync(RowReader rows, BlobRow blob) =>
        StorageClassNames.FromWire((await rows.FindAsync<string>(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM layer l WHERE l.scope = @Scope AND l.digest = @Digest AND NOT l.archived
                                                             AND l.unreferenced_at IS NULL) THEN 'STANDARD'
                        WHEN EXISTS (SELECT 1 FROM layer l WHERE l.scope = @Scope AND l.digest = @Digest AND NOT l.archived)
                          OR NOT EXISTS (SELECT 1 FROM layer l WHERE l.scope = @Scope AND l.digest = @Digest) THEN b.storage_class
                        ELSE 'ARCHIVE' END
              FROM blob b WHERE b.scope = @Scope AND b.digest = @Digest
            """,
            new { blob.Scope, blob.Digest }))!);

    private Task<bool> ExchangeAsync(Move move, StoredBlob copy, StorageClass? wish, CancellationToken cancel) => database.WriteAsync(
        async tx => (wish is not null || await FindPlaceAsync(tx, move.Row) == move.To)
            && await tx.ExecuteAsync(
                """
                UPDATE blob SET id = @copy, wrapped_key = @key, storage_class = @to, spare_id = @spare
                 WHERE scope = @scope AND digest = @digest AND id = @id AND spare_id = @copy
                """,
                new
                {
                    scope = move.Row.Scope,
                    digest = move.Row.Digest,
                    id = move.Row.Id,
                    spare = BlobRow.ToDelete(move.Row.Key.Id),
                    copy = copy.Key.Id.ToString("D"),
                    key = copy.WrappedKey,
                    to = move.To.Wire(),
                }) > 0,
        cancel);

    private static async Task<StorageClass?> FindPlaceAsync(RowReader rows, BlobRow blob) =>
        await rows.FindAsync<string>("SELECT id FROM blob WHERE scope = @Scope AND digest = @Digest", new { blob.Scope, blob.Digest }) is null
            ? null
            : await PlaceOfAsync(rows, blob);

    private Task ForgetSpareAsync(BlobRow row, Guid spare, CancellationToken cancel) => database.WriteAsync(
        tx => tx.ExecuteAsync(
            "UPDATE blob SET spare_id = NULL WHERE scope = @Scope AND digest = @Digest AND spare_id = @spare",
            new { row.Scope, row.Digest, spare = BlobRow.ToDelete(spare) }),
        cancel);

    // What was noted in the row since the claim stays noted.
    private Task SettleAsync(Move move, CancellationToken cancel) => database.WriteAsync(
        tx => tx.ExecuteAsync(
            "UPDATE blob SET review_at = @Next WHERE scope = @scope AND digest = @digest AND spare_id IS NULL AND review_at = @reviewed",
            new { scope = move.Row.Scope, digest = move.Row.Digest, reviewed = move.Row.ReviewAt, move.Next }),
        cancel);

    private Task<IReadOnlyList<BlobRow>> DueAsync(CancellationToken cancel) => database.ReadAsync(
        rows => rows.QueryAsync<BlobRow>(
            "SELECT scope, digest FROM blob WHERE review_at IS NOT NULL AND review_at <= @now ORDER BY review_at LIMIT @AtOnce",
            new { now = Now, AtOnce }),
        cancel);

    private Task PostponeAsync(BlobRow blob) => database.WriteAsync(
        tx => tx.ExecuteAsync(
            "UPDATE blob SET review_at = @later WHERE scope = @Scope AND digest = @Digest",
            new { blob.Scope, blob.Digest, later = Now + (long)PauseAfterFailure.TotalMilliseconds }),
        CancellationToken.None);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A move that was claimed.</summary>
    /// <param name="Row">The blob before it.</param>
    /// <param name="To">Where it is to lie.</param>
    /// <param name="Id">The object to be made.</param>
    /// <param name="Next">When to look at it again; null when that is not known to be necessary.</param>
    private sealed record Move(BlobRow Row, StorageClass To, Guid Id, long? Next);
}
