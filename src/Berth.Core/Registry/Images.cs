using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Pushing and finding images. Every rule on what a repository accepts stands here, for both wires.</summary>
public sealed class Images(Database database, BlobMoves moves, JobQueue jobs, AccountQuotas quotas, TimeProvider time)
{
    /// <summary>
    /// Stores a manifest and sets its tags. An image that is archived is restored by it. Faults: those of <see cref="Manifest.Parse"/>, <see cref="RepositoryNotFound"/>,
    /// <see cref="ImageDigestMismatch"/>, <see cref="LayersNotFound"/>, <see cref="ReferencedImagesNotFound"/>,
    /// <see cref="TagIsImmutable"/>, <see cref="ImageAlreadyExists"/>, and the quotas'.
    /// </summary>
    public async Task<PushedImage> PutAsync(RepositoryId id, ImagePush push, CancellationToken cancel)
    {
        var manifest = Manifest.Parse(push.Content, push.MediaType);
        var digest = DigestOf(id, push);
        var allowed = await quotas.FindAsync(id.Account, cancel);
        while (true)
        {
            // Layers are at hand before the image is: what of them lies in the archive is brought back first, outside the
            // transaction. That no other archived them again in between is seen in the next one.
            var archived = await database.WriteAsync(async tx => await TryPutAsync(new(tx, await Repositories.GetAsync(tx, id), allowed, jobs, time.GetUtcNow()), push, digest, manifest), cancel);
            if (archived.Count == 0)
            {
                return new(digest, manifest);
            }

            await moves.BringBackAsync(archived, cancel);
        }
    }

    // Returns what must be brought back before the push can be, and has then done nothing.
    private async Task<IReadOnlyList<BlobRow>> TryPutAsync(ImageWriter writer, ImagePush push, Digest digest, Manifest manifest)
    {
        if (moves.HasArchive && await writer.ArchivedLayersAsync(manifest) is { Count: > 0 } archived)
        {
            return archived;
        }

        var status = await writer.FindStatusAsync(digest);
        var changed = status is not ImageStatus.Active;
        await (status switch
        {
            null => writer.InsertAsync(digest, manifest, push),
            ImageStatus.Active => Task.CompletedTask,
            _ => writer.RestoreAsync(digest),
        });
        foreach (var tag in push.Tags)
        {
            changed |= await writer.TagAsync(digest, tag);
        }

        return changed || push.AcceptsRepetition
            ? []
            : throw new ImageAlreadyExists(writer.Repository, digest, push.Tags.Count > 0 ? push.Tags[0] : null).AsException();
    }

    /// <summary>
    /// The manifest a reference stands for, or null. A missing repository is the fault <see cref="RepositoryNotFound"/>, an
    /// image that lies in the archive <see cref="ImageArchived"/>, one on its way back <see cref="ImageActivating"/>.
    /// </summary>
    public Task<StoredManifest?> FindAsync(RepositoryId id, Reference reference, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var row = reference.Tag is { } tag
                    ? await rows.FindAsync<ManifestRow>(
                        """
                        SELECT i.digest, i.media_type, i.status, m.content FROM tag t
                          JOIN image i ON i.repository_id = t.repository_id AND i.digest = t.digest
                          JOIN manifest m ON m.repository_id = t.repository_id AND m.digest = t.digest
                         WHERE t.repository_id = @repository AND t.name = @tag
                        """,
                        new { repository = repository.Key, tag = tag.ToString() })
                    : await rows.FindAsync<ManifestRow>(
                        """
                        SELECT i.digest, i.media_type, i.status, m.content FROM image i
                          JOIN manifest m ON m.repository_id = i.repository_id AND m.digest = i.digest
                         WHERE i.repository_id = @repository AND i.digest = @digest
                        """,
                        new { repository = repository.Key, digest = reference.Digest.ToString() });
                return row?.ToManifest(id);
            },
            cancel);

    private static Digest DigestOf(RepositoryId id, ImagePush push)
    {
        if (push.Digest is null)
        {
            return Digest.Sha256Of(push.Content.Span);
        }

        var stated = Digest.Parse(push.Digest);
        var actual = stated.SameAlgorithmOf(push.Content.Span);
        return actual == stated ? actual : throw new ImageDigestMismatch(id, push.Digest).AsException();
    }

    private sealed record ManifestRow
    {
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public string Status { get; init; } = "";
        public byte[] Content { get; init; } = [];

        public StoredManifest ToManifest(RepositoryId repository) => Status switch
        {
            "ARCHIVED" => throw new ImageArchived(repository, Vocabulary.Digest.Parse(Digest)).AsException(),
            "ACTIVATING" => throw new ImageActivating(repository, Vocabulary.Digest.Parse(Digest)).AsException(),
            _ => new(Vocabulary.Digest.Parse(Digest), MediaType, Content),
        };
    }
}
