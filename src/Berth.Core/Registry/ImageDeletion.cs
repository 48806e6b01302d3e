using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Deleting images and tags. Layers that lose their last image become the collector's after its grace period.</summary>
public sealed class ImageDeletion(Database database, Retention retention, TimeProvider time)
{
    /// <summary>
    /// Deletes what each identifier names, each for itself, as ECR's BatchDeleteImage does: a digest takes the image with
    /// all its tags; a tag takes the tag, and with the last tag the image. What an index lists stays until the index goes.
    /// </summary>
    public Task<IReadOnlyList<ImageDeleted>> DeleteAsync(
        RepositoryId id, IReadOnlyList<ImageIdentifier> identifiers, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<ImageDeleted>>(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var outcomes = new List<ImageDeleted>();
                foreach (var identifier in identifiers)
                {
                    outcomes.Add(await DeleteAsync(tx, repository, identifier));
                }

                return outcomes;
            },
            cancel);

    /// <summary>
    /// Removes one tag and leaves its image, as the OCI specification has it. Fault: <see cref="ImageNotFound"/>.
    /// </summary>
    public Task UntagAsync(RepositoryId id, Tag tag, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var digest = await ImageListing.DigestOfAsync(tx, repository, new(Digest: null, tag))
                    ?? throw new ImageNotFound(id, Digest: null, tag.ToString()).AsException();
                await RemoveTagAsync(tx, repository, digest, tag);
            },
            cancel);

    /// <summary>
    /// Takes an image's rows apart and starts the grace period of layers that no other image refers to. Where the recycle bin is
    /// on and it is to go there, <paramref name="recycling"/> says why.
    /// </summary>
    internal static async Task RemoveAsync(Transaction tx, string repositoryKey, string digest, Recycling? recycling, long now)
    {
        if (recycling is not null)
        {
            await RecycleBin.KeepAsync(tx, repositoryKey, digest, recycling, now);
        }

        var at = new { repository = repositoryKey, digest, now };
        await tx.ExecuteAsync("DELETE FROM tag WHERE repository_id = @repository AND digest = @digest", at);
        await tx.ExecuteAsync(
            """
            UPDATE layer SET unreferenced_at = @now, archived = FALSE
             WHERE repository_id = @repository
               AND digest IN (SELECT target FROM descriptor WHERE repository_id = @repository AND image = @digest AND role = 'blob')
               AND NOT EXISTS (SELECT 1 FROM descriptor other
                                WHERE other.repository_id = @repository AND other.target = layer.digest
                                  AND other.role = 'blob' AND other.image <> @digest)
            """,
            at);
        await ArchivedLayers.LeaveAsync(tx, repositoryKey, new ValueList("image", [digest]), now);
        await tx.ExecuteAsync("DELETE FROM descriptor WHERE repository_id = @repository AND image = @digest", at);
        await tx.ExecuteAsync("DELETE FROM manifest WHERE repository_id = @repository AND digest = @digest", at);
        if (await tx.FindAsync<string>(
            "DELETE FROM image WHERE repository_id = @repository AND digest = @digest RETURNING status", at) is not "ARCHIVED")
        {
            await tx.ExecuteAsync("UPDATE repository SET image_count = image_count - 1 WHERE id = @repository", at);
        }
    }

    private async Task<ImageDeleted> DeleteAsync(Transaction tx, Repository repository, ImageIdentifier identifier)
    {
        if (await ImageListing.DigestOfAsync(tx, repository, identifier) is not { } digest)
        {
            return await MissingAsync(tx, repository, identifier);
        }

        var tags = await TagsOfAsync(tx, repository, digest);
        if (identifier is { Digest: null, Tag: { } tag } && tags.Count > 1)
        {
            await RemoveTagAsync(tx, repository, digest, tag);
            return new(identifier, [new(digest, tag)], Failure: null);
        }

        var indexes = await IndexesOfAsync(tx, repository, digest);
        if (indexes.Count > 0)
        {
            return new(identifier, [], new ImageReferencedByIndex(repository.Id, indexes));
        }

        var recycling = retention.HasRecycleBin ? Recycling.ByCall : null;
        await RemoveAsync(tx, repository.Key, digest.ToString(), recycling, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new(identifier, tags.Count == 0 ? [new(digest, Tag: null)] : [.. tags.Select(name => new ImageIdentifier(digest, name))], Failure: null);
    }

    // Both given but not the same image is a failure of its own, told apart from an image that is not there.
    private static async Task<ImageDeleted> MissingAsync(Transaction tx, Repository repository, ImageIdentifier identifier)
    {
        var differs = identifier is { Digest: not null, Tag: not null }
            && await ImageListing.DigestOfAsync(tx, repository, identifier with { Digest = null }) is not null;
        return new(
            identifier,
            [],
            differs
                ? new TagDoesNotMatchDigest()
                : new ImageNotFound(repository.Id, identifier.Digest?.ToString(), identifier.Tag?.ToString()));
    }

    private static async Task RemoveTagAsync(Transaction tx, Repository repository, Digest digest, Tag tag)
    {
        var at = new { repository = repository.Key, digest = digest.ToString(), tag = tag.ToString() };
        await tx.ExecuteAsync("DELETE FROM tag WHERE repository_id = @repository AND name = @tag", at);
        await tx.ExecuteAsync(
            "UPDATE image SET tag_count = tag_count - 1 WHERE repository_id = @repository AND digest = @digest", at);
    }

    private static async Task<IReadOnlyList<Tag>> TagsOfAsync(Transaction tx, Repository repository, Digest digest)
    {
        var names = await tx.QueryAsync<string>(
            "SELECT name FROM tag WHERE repository_id = @repository AND digest = @digest ORDER BY name",
            new { repository = repository.Key, digest = digest.ToString() });
        return [.. names.Select(Tag.Parse)];
    }

    private static async Task<IReadOnlyList<Digest>> IndexesOfAsync(Transaction tx, Repository repository, Digest digest)
    {
        var images = await tx.QueryAsync<string>(
            """
            SELECT image FROM descriptor
             WHERE repository_id = @repository AND target = @digest AND role = 'image' ORDER BY image LIMIT 100
            """,
            new { repository = repository.Key, digest = digest.ToString() });
        return [.. images.Select(Digest.Parse)];
    }
}

/// <summary>What became of one identifier of a deletion.</summary>
/// <param name="Identifier">As it was given.</param>
/// <param name="Deleted">One item per tag that went, or the digest alone when the image had none.</param>
/// <param name="Failure">Why nothing was deleted, or null.</param>
public sealed record ImageDeleted(ImageIdentifier Identifier, IReadOnlyList<ImageIdentifier> Deleted, Fault? Failure);
