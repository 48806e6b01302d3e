using Berth.Storage.Blobs;
using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>The row of a stored blob.</summary>
internal sealed record BlobRow
{
    /// <summary>What there is of it to read.</summary>
    public const string Columns = "scope, digest, id, size, wrapped_key, storage_class, spare_id, review_at";

    private const char Doomed = '-';

    // How long the bytes of a layer that was sent or fetched for a push stay at hand while its manifest has not come.
    private const long PushMilliseconds = 60 * 60 * 1000;

    public string Scope { get; init; } = "";
    public string Digest { get; init; } = "";
    public string Id { get; init; } = "";
    public long Size { get; init; }
    public byte[] WrappedKey { get; init; } = [];
    public string StorageClass { get; init; } = "";
    public string? SpareId { get; init; }
    public long ReviewAt { get; init; }

    public BlobKey Key => new(
        new(Scope), Vocabulary.Digest.Parse(Digest), Guid.ParseExact(Id, "D"), StorageClassNames.FromWire(StorageClass));

    public StoredBlob Blob => new(Key, Size, WrappedKey);

    /// <summary>Another object that may exist of it.</summary>
    public Guid? Spare => SpareId is null ? null : Guid.ParseExact(SpareId.TrimStart(Doomed), "D");

    /// <summary>How the row has an object that is only there to be deleted: no move can put it to use any more.</summary>
    public static string ToDelete(Guid id) => $"{Doomed}{id:D}";

    /// <summary>When to look whether a blob that is wanted for a push lies in the right place.</summary>
    public static long AfterPush(long now) => now + PushMilliseconds;

    /// <summary>
    /// Records stored bytes. False when the scope holds the digest already: the new object is then superfluous. Archived
    /// bytes give way to those that came in, so that they need not be fetched.
    /// </summary>
    public static async Task<bool> InsertAsync(Transaction tx, StoredBlob blob, long now)
    {
        var at = new
        {
            scope = blob.Key.Scope.Name,
            digest = blob.Key.Digest.ToString(),
            id = blob.Key.Id.ToString("D"),
            size = blob.Size,
            key = blob.WrappedKey,
            now,
            later = AfterPush(now),
        };
        var inserted = await tx.ExecuteAsync(
            """
            INSERT INTO blob (scope, digest, id, size, wrapped_key, stored_at) VALUES (@scope, @digest, @id, @size, @key, @now)
                ON CONFLICT (scope, digest) DO NOTHING
            """,
            at);
        return inserted > 0 || await tx.ExecuteAsync(
            """
            UPDATE blob SET id = @id, wrapped_key = @key, stored_at = @now, storage_class = 'STANDARD', spare_id = '-' || id, review_at = @later
             WHERE scope = @scope AND digest = @digest AND storage_class = 'ARCHIVE'
            """,
            at) > 0;
    }

    /// <summary>Which of a repository's layers lie in the archive.</summary>
    public static async Task<IReadOnlyList<BlobRow>> ArchivedAsync(
        RowReader rows, string repositoryKey, IEnumerable<Vocabulary.Digest> layers)
    {
        var found = new List<BlobRow>();
        foreach (var some in layers.Select(digest => digest.ToString()).Chunk(500))
        {
            var list = new ValueList("layer", some);
            found.AddRange(await rows.QueryAsync<BlobRow>(
                $"""
                SELECT b.scope, b.digest FROM layer l JOIN blob b ON b.scope = l.scope AND b.digest = l.digest
                 WHERE l.repository_id = @repository AND l.digest IN {list} AND b.storage_class = 'ARCHIVE'
                """,
                list.With(new { repository = repositoryKey })));
        }

        return found;
    }
}
