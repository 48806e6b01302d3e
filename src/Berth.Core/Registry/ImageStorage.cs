using Berth.Jobs;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Moves images into the archive and out of it as users ask for it.</summary>
public sealed class ImageStorage(Database database, JobQueue jobs, AccountQuotas quotas, TimeProvider time)
{
    /// <summary>
    /// Changes an image's class of storage and returns which it was and its status then: an archived image is archived at once, one that is
    /// restored is on its way. Referrers go and come with their subject, and what an index lists comes back with it. Faults:
    /// <see cref="RepositoryNotFound"/>, <see cref="ImageNotFound"/>, <see cref="ImageStorageClassUpdateNotSupported"/>.
    /// </summary>
    public async Task<(ImageIdentifier Image, ImageStatus Status)> UpdateAsync(
        RepositoryId id, ImageIdentifier identifier, StorageClass target, CancellationToken cancel)
    {
        var most = (await quotas.FindAsync(id.Account, cancel)).ImagesPerRepository;
        return await database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var digest = await ImageListing.DigestOfAsync(tx, repository, identifier)
                    ?? throw new ImageNotFound(id, identifier.Digest?.ToString(), identifier.Tag?.ToString()).AsException();
                var refusal = target is StorageClass.Archive
                    ? await ArchiveAsync(tx, repository, digest)
                    : await ActivateAsync(tx, repository, digest, most);
                return refusal is null
                    ? (identifier with { Digest = digest }, target is StorageClass.Archive ? ImageStatus.Archived : ImageStatus.Activating)
                    : throw new ImageStorageClassUpdateNotSupported(id, digest, refusal).AsException();
            },
            cancel);
    }

    // Each returns why it cannot be done; then the transaction is undone.
    private async Task<string?> ArchiveAsync(Transaction tx, Repository repository, Digest digest)
    {
        var image = await FindAsync(tx, repository, digest);
        if (image is { Status: "ACTIVE", SubjectStatus: "ACTIVE" or "ACTIVATING" })
        {
            return $"it refers to the image '{image.Subject}' and is archived together with that";
        }

        if (!await ImageArchive.ArchiveAsync(tx, repository.Key, digest.ToString(), time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return image.Status switch
            {
                "ARCHIVED" => "it is archived already",
                "ACTIVATING" => "it is being restored",
                _ => "a manifest list that is not archived lists it",
            };
        }

        await jobs.EnqueueAsync(tx, new MoveBlobs(), key: MoveBlobs.Key);
        return null;
    }

    private async Task<string?> ActivateAsync(Transaction tx, Repository repository, Digest digest, int most)
    {
        var image = await FindAsync(tx, repository, digest);
        if (image is { Status: "ARCHIVED", SubjectStatus: "ARCHIVED" })
        {
            return $"it refers to the image '{image.Subject}' and is restored together with that";
        }

        switch (await ImageArchive.ActivateAsync(tx, repository.Key, digest.ToString()))
        {
            case null:
                return image.Status is "ACTIVATING" ? "it is being restored already" : "it is not archived";
            case { } images when images > most:
                return $"the repository already has the maximum allowed number of images which is '{most}'";
            default:
                await jobs.EnqueueAsync(tx, new ActivateImages(), key: ActivateImages.Key);
                return null;
        }
    }

    private static async Task<StatusRow> FindAsync(RowReader rows, Repository repository, Digest digest) =>
        (await rows.FindAsync<StatusRow>(
            """
            SELECT i.status, i.subject, s.status AS subject_status FROM image i
              LEFT JOIN image s ON s.repository_id = i.repository_id AND s.digest = i.subject
             WHERE i.repository_id = @repository AND i.digest = @digest
            """,
            new { repository = repository.Key, digest = digest.ToString() }))!;

    private sealed record StatusRow
    {
        public string Status { get; init; } = "";
        public string? Subject { get; init; }
        public string? SubjectStatus { get; init; }
    }
}
