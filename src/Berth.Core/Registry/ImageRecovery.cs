using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An image that was taken back out of the recycle bin.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Status">What it is now: archived if it was, else active.</param>
/// <param name="Tags">The tags that came back with it.</param>
/// <param name="TagsTaken">Those that did not, as they name another image by now.</param>
public sealed record RecoveredImage(Digest Digest, ImageStatus Status, IReadOnlyList<Tag> Tags, IReadOnlyList<Tag> TagsTaken);

/// <summary>Takes images back out of the recycle bin.</summary>
public sealed class ImageRecovery(Database database, BlobMoves moves, JobQueue jobs, AccountQuotas quotas, TimeProvider time)
{
    /// <summary>
    /// Takes an image back, and with it the images that it lists if they are in the bin too, and those about it that went when
    /// it did; the image itself comes first in the answer. Faults: <see cref="RepositoryNotFound"/>, <see cref="ImageNotRecycled"/>,
    /// <see cref="ReferencedImagesNotFound"/> when it lists one that is nowhere any more, and the quotas'.
    /// </summary>
    /// <param name="id">The repository.</param>
    /// <param name="digest">The image.</param>
    /// <param name="tags">The tags it gets; null for those it had. One that names another image stays there.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<RecoveredImage>> RestoreAsync(
        RepositoryId id, Digest digest, IReadOnlyList<Tag>? tags, CancellationToken cancel)
    {
        var allowed = await quotas.FindAsync(id.Account, cancel);
        while (true)
        {
            // A layer of it may have been archived with another image; bytes are brought back outside the transaction.
            var (archived, recovered) = await database.WriteAsync(
                async tx =>
                {
                    var repository = await Repositories.GetAsync(tx, id);
                    var whole = await WholeAsync(tx, repository, digest);
                    var waiting = moves.HasArchive ? await ArchivedAsync(tx, repository, whole) : [];
                    var step = new RecoveryWriter(tx, repository, allowed, jobs, time.GetUtcNow());
                    return (waiting, waiting.Count > 0 ? [] : await step.RestoreAsync(whole, tags));
                },
                cancel);
            if (archived.Count == 0)
            {
                return recovered;
            }

            await moves.BringBackAsync(archived, cancel);
        }
    }

    private static async Task<IReadOnlyList<RecycledRow>> WholeAsync(Transaction tx, Repository repository, Digest digest)
    {
        var whole = new List<RecycledRow>();
        var seen = new HashSet<string>([digest.ToString()], StringComparer.Ordinal);
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out var next))
        {
            if (await FindAsync(tx, repository, next) is not { } row)
            {
                throw new ImageNotRecycled(repository.Id, digest).AsException();
            }

            whole.Add(row);
            foreach (var follower in await FollowersAsync(tx, repository, row))
            {
                if (seen.Add(follower))
                {
                    waiting.Enqueue(follower);
                }
            }
        }

        return whole;
    }

    private static Task<RecycledRow?> FindAsync(Transaction tx, Repository repository, string digest) => tx.FindAsync<RecycledRow>(
        $"SELECT {RecycledRow.Columns} FROM recycled_image r WHERE r.repository_id = @repository AND r.digest = @digest",
        new { repository = repository.Key, digest });

    private static Task<IReadOnlyList<string>> FollowersAsync(Transaction tx, Repository repository, RecycledRow image) => tx.QueryAsync<string>(
        """
        SELECT r.digest FROM recycled_descriptor d JOIN recycled_image r ON r.repository_id = d.repository_id AND r.digest = d.target
         WHERE d.repository_id = @repository AND d.image = @Digest AND d.role = 'image'
        UNION
        SELECT digest FROM recycled_image WHERE repository_id = @repository AND subject = @Digest AND deleted_at = @DeletedAt
        """,
        new { repository = repository.Key, image.Digest, image.DeletedAt });

    private static async Task<IReadOnlyList<BlobRow>> ArchivedAsync(Transaction tx, Repository repository, IReadOnlyList<RecycledRow> images)
    {
        var found = new List<BlobRow>();
        foreach (var some in images.Where(image => image.IsActive).Select(image => image.Digest).Chunk(500))
        {
            var list = new ValueList("image", some);
            found.AddRange(await tx.QueryAsync<BlobRow>(
                $"""
                SELECT DISTINCT b.scope, b.digest FROM recycled_descriptor d
                  JOIN layer l ON l.repository_id = d.repository_id AND l.digest = d.target
                  JOIN blob b ON b.scope = l.scope AND b.digest = l.digest
                 WHERE d.repository_id = @repository AND d.image IN {list} AND d.role = 'blob' AND b.storage_class = 'ARCHIVE'
                """,
                list.With(new { repository = repository.Key })));
        }

        return found;
    }
}
