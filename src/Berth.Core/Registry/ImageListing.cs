using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Which images a listing wants, by whether they have tags.</summary>
public enum TagStatus
{
    /// <summary>All images.</summary>
    Any,

    /// <summary>Images with at least one tag.</summary>
    Tagged,

    /// <summary>Images with no tag.</summary>
    Untagged,
}

/// <summary>Pages of images and tags. Every page costs the same, wherever in however long a list it lies.</summary>
public sealed class ImageListing(Database database)
{
    /// <summary>
    /// A page of (digest, tag) pairs in that order, an untagged image as its digest alone, from the pair after
    /// <paramref name="after"/> on (ECR's ListImages); of one status or of all.
    /// </summary>
    public Task<IReadOnlyList<ImageIdentifier>> ListAsync(
        RepositoryId id, TagStatus tagStatus, ImageStatus? status, ImageIdentifier? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ImageIdentifier>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var found = await rows.QueryAsync<PairRow>(
                    PairsOf(tagStatus, status),
                    new
                    {
                        repository = repository.Key,
                        digest = after?.Digest?.ToString() ?? "",
                        tag = after?.Tag?.ToString() ?? "",
                        status = status?.Wire(),
                        limit,
                    });
                return [.. found.Select(row => row.ToIdentifier())];
            },
            cancel);

    /// <summary>
    /// A page of images in the order of their digests, from the one after <paramref name="after"/> on; of one status or of all.
    /// </summary>
    public Task<IReadOnlyList<Image>> DescribeAsync(
        RepositoryId id, TagStatus tagStatus, ImageStatus? status, Digest? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Image>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var condition = StatusIs(status) + tagStatus switch
                {
                    TagStatus.Tagged => " AND i.tag_count > 0",
                    TagStatus.Untagged => " AND i.tag_count = 0",
                    _ => "",
                };
                var found = await rows.QueryAsync<ImageRow>(
                    $"""
                    SELECT {ImageRow.Columns} FROM image i
                     WHERE i.repository_id = @repository AND i.digest > @after {condition}
                     ORDER BY i.digest LIMIT @limit
                    """,
                    new { repository = repository.Key, status = status?.Wire(), after = after?.ToString() ?? "", limit });
                return await WithTagsAsync(rows, repository, found);
            },
            cancel);

    /// <summary>The images of the identifiers, in their order. One that is not there is the fault <see cref="ImageNotFound"/>.</summary>
    public Task<IReadOnlyList<Image>> DescribeAsync(
        RepositoryId id, IReadOnlyList<ImageIdentifier> identifiers, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Image>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var images = new List<Image>(identifiers.Count);
                foreach (var identifier in identifiers)
                {
                    var digest = await DigestOfAsync(rows, repository, identifier)
                        ?? throw new ImageNotFound(id, identifier.Digest?.ToString(), identifier.Tag?.ToString()).AsException();
                    images.AddRange(await WithTagsAsync(rows, repository, await rows.QueryAsync<ImageRow>(
                        $"SELECT {ImageRow.Columns} FROM image i WHERE i.repository_id = @repository AND i.digest = @digest",
                        new { repository = repository.Key, digest = digest.ToString() })));
                }

                return images;
            },
            cancel);

    /// <summary>A page of the tags of active images in ordinal order, from the one after <paramref name="after"/> on (it need not exist).</summary>
    public Task<IReadOnlyList<Tag>> ListTagsAsync(RepositoryId id, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Tag>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var names = await rows.QueryAsync<string>(
                    "SELECT name FROM tag WHERE repository_id = @repository AND active AND name > @after ORDER BY name LIMIT @limit",
                    new { repository = repository.Key, after = after ?? "", limit });
                return [.. names.Select(Tag.Parse)];
            },
            cancel);

    /// <summary>The digest an identifier stands for; null when there is none, or when tag and digest are not the same image.</summary>
    internal static async Task<Digest?> DigestOfAsync(RowReader rows, Repository repository, ImageIdentifier identifier)
    {
        var at = new { repository = repository.Key, digest = identifier.Digest?.ToString() ?? "", tag = identifier.Tag?.ToString() ?? "" };
        var found = (identifier.Digest, identifier.Tag) switch
        {
            (null, _) => await rows.FindAsync<string>("SELECT digest FROM tag WHERE repository_id = @repository AND name = @tag", at),
            (_, null) => await rows.FindAsync<string>("SELECT digest FROM image WHERE repository_id = @repository AND digest = @digest", at),
            _ => await rows.FindAsync<string>(
                "SELECT digest FROM tag WHERE repository_id = @repository AND name = @tag AND digest = @digest", at),
        };
        return found is null ? null : Digest.Parse(found);
    }

    private static async Task<IReadOnlyList<Image>> WithTagsAsync(RowReader rows, Repository repository, IReadOnlyList<ImageRow> found)
    {
        if (found.Count == 0)
        {
            return [];
        }

        // The images are in the order of their digests, so their tags lie in one stretch of the index.
        var tags = await rows.QueryAsync<PairRow>(
            """
            SELECT digest, name AS tag FROM tag
             WHERE repository_id = @repository AND digest >= @first AND digest <= @last ORDER BY digest, name
            """,
            new { repository = repository.Key, first = found[0].Digest, last = found[^1].Digest });
        var byDigest = tags.ToLookup(row => row.Digest, row => Tag.Parse(row.Tag!), StringComparer.Ordinal);
        return [.. found.Select(row => row.ToImage([.. byDigest[row.Digest]]))];
    }

    // Each status has its stretch of an index in the order of digests, so that a page does not pass over images of another;
    // the tags of an image lie in a stretch of theirs.
    private static string PairsOf(TagStatus tagStatus, ImageStatus? status) => (tagStatus, status) switch
    {
        (TagStatus.Tagged, null) =>
            """
            SELECT digest, name AS tag FROM tag
             WHERE repository_id = @repository AND (digest, name) > (@digest, @tag)
             ORDER BY digest, name LIMIT @limit
            """,
        (TagStatus.Untagged, _) =>
            $"""
            SELECT i.digest FROM image i
             WHERE i.repository_id = @repository {StatusIs(status)} AND i.tag_count = 0 AND i.digest > @digest
             ORDER BY i.digest LIMIT @limit
            """,
        _ =>
            $"""
            SELECT i.digest, t.name AS tag FROM image i
              LEFT JOIN tag t ON t.repository_id = i.repository_id AND t.digest = i.digest
             WHERE i.repository_id = @repository {StatusIs(status)} {(tagStatus is TagStatus.Tagged ? "AND i.tag_count > 0" : "")}
               AND i.digest >= @digest AND (i.digest > @digest OR t.name > @tag)
             ORDER BY i.digest, t.name LIMIT @limit
            """,
    };

    private static string StatusIs(ImageStatus? status) => status is null ? "" : "AND i.status = @status";

    private sealed record PairRow
    {
        public string Digest { get; init; } = "";
        public string? Tag { get; init; }

        public ImageIdentifier ToIdentifier() =>
            new(Vocabulary.Digest.Parse(Digest), Tag is null ? null : Vocabulary.Tag.Parse(Tag));
    }
}
