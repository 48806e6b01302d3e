using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The steps of one push, inside its transaction.</summary>
internal sealed class ImageWriter(Transaction tx, Repository repository, Quotas quotas, JobQueue jobs, DateTimeOffset now)
{
    private const string Blob = "blob";
    private const string Image = "image";

    /// <summary>What it writes to.</summary>
    public RepositoryId Repository => repository.Id;

    /// <summary>The image's status; null when the repository does not have it.</summary>
    public async Task<ImageStatus?> FindStatusAsync(Digest digest) =>
        await tx.FindAsync<string>("SELECT status FROM image WHERE repository_id = @repository AND digest = @digest", Key(digest)) is { } status
            ? ImageStatusNames.FromWire(status)
            : null;

    /// <summary>The layers of a manifest that lie in the archive: they are to be brought back before the push.</summary>
    public Task<IReadOnlyList<BlobRow>> ArchivedLayersAsync(Manifest manifest) =>
        manifest.IsIndex
            ? Task.FromResult<IReadOnlyList<BlobRow>>([])
            : BlobRow.ArchivedAsync(tx, repository.Key, Pointers(manifest).Select(pointer => pointer.Digest).Distinct());

    /// <summary>
    /// Makes an image active that was archived or is being restored: its bytes have come, or are at hand. What comes back with
    /// it comes by the job.
    /// </summary>
    public async Task RestoreAsync(Digest digest)
    {
        if (await ImageArchive.ActivateAsync(tx, repository.Key, digest.ToString()) is { } images)
        {
            RefuseBeyondQuota(images);
            await jobs.EnqueueAsync(tx, new ActivateImages(), key: ActivateImages.Key);
        }

        await ImageArchive.FinishAsync(tx, repository.Key, digest.ToString(), now.ToUnixTimeMilliseconds());
    }

    /// <summary>Writes an image that is not there, and takes it out of the recycle bin. An archived one does not count against the quota.</summary>
    public async Task InsertAsync(Digest digest, Manifest manifest, ImagePush push, bool counts = true)
    {
        var size = manifest.IsIndex
            ? await LargestImageAsync(manifest, push.AcceptsAbsentImages)
            : await ReferToLayersAsync(manifest);
        if (counts)
        {
            await TakePlaceAsync();
        }

        await tx.ExecuteAsync(
            """
            INSERT INTO image (repository_id, digest, media_type, artifact_type, config_type, annotations, subject, manifest_size, size, tag_count, pushed_at)
            VALUES (@repository, @digest, @type, @artifact, @config, @annotations, @subject, @length, @size, 0, @now)
            """,
            new
            {
                repository = repository.Key,
                digest = digest.ToString(),
                type = manifest.MediaType,
                artifact = manifest.ArtifactType,
                config = manifest.Config?.MediaType,
                annotations = manifest.Annotations,
                subject = manifest.Subject?.ToString(),
                length = (long)push.Content.Length,
                size,
                now = now.ToUnixTimeMilliseconds(),
            });
        await tx.ExecuteAsync(
            "INSERT INTO manifest (repository_id, digest, content) VALUES (@repository, @digest, @content)",
            new { repository = repository.Key, digest = digest.ToString(), content = push.Content.ToArray() });
        await PointAsync(digest, manifest);
        await RecycleBin.ForgetAsync(tx, repository.Key, digest.ToString());
    }

    /// <summary>Makes a tag name the image; says whether that changed anything.</summary>
    public async Task<bool> TagAsync(Digest digest, Tag tag)
    {
        var at = new { repository = repository.Key, tag = tag.ToString(), digest = digest.ToString(), now = now.ToUnixTimeMilliseconds() };
        var before = await tx.FindAsync<string>("SELECT digest FROM tag WHERE repository_id = @repository AND name = @tag", at);
        if (string.Equals(before, at.digest, StringComparison.Ordinal))
        {
            return false;
        }

        if (before is not null)
        {
            await LeaveAsync(before, tag);
        }

        await tx.ExecuteAsync(
            """
            INSERT INTO tag (repository_id, name, digest, created_at, moved_at) VALUES (@repository, @tag, @digest, @now, @now)
                ON CONFLICT (repository_id, name) DO UPDATE SET digest = @digest, moved_at = @now, active = TRUE
            """,
            at);
        var count = await tx.FindAsync<int>(
            "UPDATE image SET tag_count = tag_count + 1 WHERE repository_id = @repository AND digest = @digest RETURNING tag_count", at);
        return count <= quotas.TagsPerImage ? true : throw new TooManyTags(repository.Id, tag, quotas.TagsPerImage).AsException();
    }

    private Task LeaveAsync(string digest, Tag tag) =>
        repository.TagMutability.MayMove(tag)
            ? tx.ExecuteAsync(
                "UPDATE image SET tag_count = tag_count - 1 WHERE repository_id = @repository AND digest = @digest",
                new { repository = repository.Key, digest })
            : throw new TagIsImmutable(repository.Id, tag).AsException();

    private async Task TakePlaceAsync()
    {
        RefuseBeyondQuota(await tx.FindAsync<int>(
            "UPDATE repository SET image_count = image_count + 1 WHERE id = @repository RETURNING image_count",
            new { repository = repository.Key }));
    }

    private void RefuseBeyondQuota(int images)
    {
        if (images > quotas.ImagesPerRepository)
        {
            throw new TooManyImages(repository.Id, quotas.ImagesPerRepository).AsException();
        }
    }

    // Bytes of all layers and the configuration that are stored. Foreign layers need not be, and then count for nothing.
    private async Task<long> ReferToLayersAsync(Manifest manifest)
    {
        var pointers = Pointers(manifest);
        var stored = new Dictionary<Digest, long>();
        foreach (var digest in pointers.Select(pointer => pointer.Digest).Distinct())
        {
            if (await tx.FindAsync<long?>(
                "UPDATE layer SET unreferenced_at = NULL, archived = FALSE WHERE repository_id = @repository AND digest = @digest RETURNING size",
                Key(digest)) is { } size)
            {
                stored.Add(digest, size);
            }
        }

        var missing = pointers
            .Where(pointer => !MediaType.IsForeignLayer(pointer.MediaType) && !stored.ContainsKey(pointer.Digest))
            .Select(pointer => pointer.Digest).Distinct().ToList();
        return missing.Count == 0
            ? pointers.Sum(pointer => stored.GetValueOrDefault(pointer.Digest))
            : throw new LayersNotFound(repository.Id, missing).AsException();
    }

    private async Task<long> LargestImageAsync(Manifest index, bool acceptsAbsent)
    {
        var largest = 0L;
        var missing = new List<Digest>();
        foreach (var digest in index.Manifests.Select(child => child.Digest).Distinct())
        {
            // An archived image is one that whoever pulls the index does not get.
            var size = await tx.FindAsync<long?>(
                "SELECT size FROM image WHERE repository_id = @repository AND digest = @digest AND status <> 'ARCHIVED'", Key(digest));
            if (size is null)
            {
                missing.Add(digest);
            }

            largest = Math.Max(largest, size ?? 0);
        }

        return missing.Count == 0 || acceptsAbsent
            ? largest
            : throw new ReferencedImagesNotFound(repository.Id, missing).AsException();
    }

    private async Task PointAsync(Digest digest, Manifest manifest)
    {
        var role = manifest.IsIndex ? Image : Blob;
        foreach (var pointer in Pointers(manifest).DistinctBy(pointer => pointer.Digest))
        {
            await tx.ExecuteAsync(
                "INSERT INTO descriptor (repository_id, image, target, role, media_type) VALUES (@repository, @image, @target, @role, @type)",
                new { repository = repository.Key, image = digest.ToString(), target = pointer.Digest.ToString(), role, type = pointer.MediaType });
        }
    }

    private static IReadOnlyList<Descriptor> Pointers(Manifest manifest) =>
        manifest.Config is { } config ? [config, .. manifest.Layers] : manifest.Manifests;

    private object Key(Digest digest) => new { repository = repository.Key, digest = digest.ToString() };
}
