using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Pushing and finding images. Every rule on what a repository accepts stands here, for both wires.</summary>
public sealed class Images(Database database, AccountQuotas quotas, TimeProvider time)
{
    /// <summary>
    /// Stores a manifest and sets its tags. Faults: those of <see cref="Manifest.Parse"/>, <see cref="RepositoryNotFound"/>,
    /// <see cref="ImageDigestMismatch"/>, <see cref="LayersNotFound"/>, <see cref="ReferencedImagesNotFound"/>,
    /// <see cref="TagIsImmutable"/>, <see cref="ImageAlreadyExists"/>, and the quotas'.
    /// </summary>
    public async Task<PushedImage> PutAsync(RepositoryId id, ImagePush push, CancellationToken cancel)
    {
        var manifest = Manifest.Parse(push.Content, push.MediaType);
        var digest = DigestOf(id, push);
        var allowed = await quotas.FindAsync(id.Account, cancel);
        return await database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var writer = new ImageWriter(tx, repository, allowed, time.GetUtcNow());
                var isNew = !await writer.ExistsAsync(digest);
                var changed = isNew;
                if (isNew)
                {
                    await writer.InsertAsync(digest, manifest, push);
                }

                foreach (var tag in push.Tags)
                {
                    changed |= await writer.TagAsync(digest, tag);
                }

                return changed || push.AcceptsRepetition
                    ? new PushedImage(digest, manifest)
                    : throw new ImageAlreadyExists(id, digest, push.Tags.Count > 0 ? push.Tags[0] : null).AsException();
            },
            cancel);
    }

    /// <summary>The manifest a reference stands for, or null. A missing repository is the fault <see cref="RepositoryNotFound"/>.</summary>
    public Task<StoredManifest?> FindAsync(RepositoryId id, Reference reference, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var row = reference.Tag is { } tag
                    ? await rows.FindAsync<ManifestRow>(
                        """
                        SELECT i.digest, i.media_type, m.content FROM tag t
                          JOIN image i ON i.repository_id = t.repository_id AND i.digest = t.digest
                          JOIN manifest m ON m.repository_id = t.repository_id AND m.digest = t.digest
                         WHERE t.repository_id = @repository AND t.name = @tag
                        """,
                        new { repository = repository.Key, tag = tag.ToString() })
                    : await rows.FindAsync<ManifestRow>(
                        """
                        SELECT i.digest, i.media_type, m.content FROM image i
                          JOIN manifest m ON m.repository_id = i.repository_id AND m.digest = i.digest
                         WHERE i.repository_id = @repository AND i.digest = @digest
                        """,
                        new { repository = repository.Key, digest = reference.Digest.ToString() });
                return row?.ToManifest();
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
        public byte[] Content { get; init; } = [];

        public StoredManifest ToManifest() => new(Vocabulary.Digest.Parse(Digest), MediaType, Content);
    }
}
