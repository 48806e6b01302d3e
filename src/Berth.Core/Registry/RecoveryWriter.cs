using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// The steps that take images back, inside their transaction. Each is written as a push writes it, which takes it out of the
/// bin; then it gets the past it had.
/// </summary>
internal sealed class RecoveryWriter(Transaction tx, Repository repository, Quotas quotas, JobQueue jobs, DateTimeOffset now)
{
    /// <summary>Takes images back, the first with tags of its own if any are given.</summary>
    public async Task<IReadOnlyList<RecoveredImage>> RestoreAsync(IReadOnlyList<RecycledRow> images, IReadOnlyList<Tag>? tags)
    {
        foreach (var image in images)
        {
            await RefuseIncompleteAsync(image);
        }

        var recovered = new List<RecoveredImage>();
        foreach (var image in images)
        {
            recovered.Add(await RestoreAsync(image, (recovered.Count == 0 ? tags : null) ?? image.ToTags()));
        }

        return recovered;
    }

    private async Task<RecoveredImage> RestoreAsync(RecycledRow image, IReadOnlyList<Tag> tags)
    {
        var (digest, at) = (Digest.Parse(image.Digest), new { repository = repository.Key, digest = image.Digest });
        var content = await tx.FindAsync<byte[]>("SELECT content FROM recycled_image WHERE repository_id = @repository AND digest = @digest", at);
        var push = new ImagePush { Content = content!, MediaType = image.MediaType, AcceptsAbsentImages = true };
        await new ImageWriter(tx, repository, quotas, jobs, now).InsertAsync(
            digest, Manifest.Parse(push.Content, push.MediaType), push, counts: image.IsActive);
        var free = await TagAsync(image, tags);
        await GiveBackPastAsync(image, free.Count);
        return new(
            digest, image.IsActive ? ImageStatus.Active : ImageStatus.Archived, free, [.. tags.Except(free)]);
    }

    // A lifecycle policy must not take it again at once for what it was taken for: it is as young as one out of the archive.
    private async Task GiveBackPastAsync(RecycledRow image, int tags)
    {
        var moment = now.ToUnixTimeMilliseconds();
        await tx.ExecuteAsync(
            """
            UPDATE image SET pushed_at = @PushedAt, archived_at = @ArchivedAt, activated_at = @activated, pulled_at = @PulledAt,
                             size = @Size, tag_count = @tags
             WHERE repository_id = @repository AND digest = @Digest
            """,
            new
            {
                repository = repository.Key,
                image.Digest,
                image.PushedAt,
                image.ArchivedAt,
                activated = image.IsActive ? moment : image.ActivatedAt,
                image.PulledAt,
                image.Size,
                tags,
            });
        if (!image.IsActive)
        {
            await ImageArchive.PutBackAsync(tx, repository.Key, image.Digest, moment);
        }
    }

    private async Task<IReadOnlyList<Tag>> TagAsync(RecycledRow image, IReadOnlyList<Tag> tags)
    {
        var free = new List<Tag>();
        foreach (var tag in tags.Distinct())
        {
            if (await tx.ExecuteAsync(
                """
                INSERT INTO tag (repository_id, name, digest, created_at, moved_at) VALUES (@repository, @tag, @digest, @now, @now)
                    ON CONFLICT (repository_id, name) DO NOTHING
                """,
                new { repository = repository.Key, tag = tag.ToString(), digest = image.Digest, now = now.ToUnixTimeMilliseconds() }) > 0)
            {
                free.Add(tag);
            }
        }

        return free.Count <= quotas.TagsPerImage
            ? free
            : throw new TooManyTags(repository.Id, free[quotas.TagsPerImage], quotas.TagsPerImage).AsException();
    }

    // An index that was pushed before what it lists may come back without it; another one is whole or does not come back.
    private async Task RefuseIncompleteAsync(RecycledRow image)
    {
        if (image.Sparse)
        {
            return;
        }

        var absent = await tx.QueryAsync<string>(
            """
            SELECT d.target FROM recycled_descriptor d
             WHERE d.repository_id = @repository AND d.image = @Digest AND d.role = 'image'
               AND NOT EXISTS (SELECT 1 FROM image i WHERE i.repository_id = @repository AND i.digest = d.target)
               AND NOT EXISTS (SELECT 1 FROM recycled_image r WHERE r.repository_id = @repository AND r.digest = d.target)
             ORDER BY d.target LIMIT 100
            """,
            new { repository = repository.Key, image.Digest });
        if (absent.Count > 0)
        {
            throw new ReferencedImagesNotFound(repository.Id, [.. absent.Select(Digest.Parse)]).AsException();
        }
    }
}
