using Berth.Storage.Blobs;
using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>The row of a stored blob.</summary>
internal sealed record BlobRow
{
    public string Scope { get; init; } = "";
    public string Digest { get; init; } = "";
    public string Id { get; init; } = "";
    public long Size { get; init; }

    public BlobKey Key => new(new(Scope), Vocabulary.Digest.Parse(Digest), Guid.ParseExact(Id, "D"));

    /// <summary>Records stored bytes. False when the scope holds the digest already: the new object is then superfluous.</summary>
    public static async Task<bool> InsertAsync(Transaction tx, StoredBlob blob, long now) =>
        await tx.ExecuteAsync(
            """
            INSERT INTO blob (scope, digest, id, size, wrapped_key, stored_at) VALUES (@scope, @digest, @id, @size, @key, @now)
                ON CONFLICT (scope, digest) DO NOTHING
            """,
            new
            {
                scope = blob.Key.Scope.Name,
                digest = blob.Key.Digest.ToString(),
                id = blob.Key.Id.ToString("D"),
                size = blob.Size,
                key = blob.WrappedKey,
                now,
            }) > 0;
}
