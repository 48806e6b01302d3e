using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>Reads what the rules need of images, and nothing else: no manifest, no layer.</summary>
internal static class LifecycleImageRows
{
    private const int PageSize = 2_000;

    private const string Columns = "digest, media_type, subject, pushed_at, status, archived_at, activated_at, pulled_at";

    /// <summary>Hands over every image of a repository as it is at one moment; a page of them is in memory at a time.</summary>
    public static async Task ReadAllAsync(RowReader rows, string repository, Action<LifecycleImage> add, CancellationToken cancel)
    {
        var after = "";
        IReadOnlyList<Row> page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            page = await rows.QueryAsync<Row>(
                $"SELECT {Columns} FROM image WHERE repository_id = @repository AND digest > @after ORDER BY digest LIMIT @PageSize",
                new { repository, after, PageSize });
            if (page.Count == 0)
            {
                return;
            }

            // The images are in the order of their digests, so their tags lie in one stretch of the index.
            var tags = await rows.QueryAsync<TagRow>(
                """
                SELECT digest, name FROM tag
                 WHERE repository_id = @repository AND digest >= @first AND digest <= @last ORDER BY digest, name
                """,
                new { repository, first = page[0].Digest, last = page[^1].Digest });
            await HandOverAsync(rows, repository, page, tags, add);
            after = page[^1].Digest;
        }
        while (page.Count == PageSize);
    }

    /// <summary>The images of some digests that are there.</summary>
    public static async Task<IReadOnlyList<LifecycleImage>> FindAsync(RowReader rows, string repository, IReadOnlyCollection<string> digests)
    {
        var wanted = new ValueList("digest", digests);
        var images = new List<LifecycleImage>();
        var found = await rows.QueryAsync<Row>(
            $"SELECT {Columns} FROM image WHERE repository_id = @repository AND digest IN {wanted}", wanted.With(new { repository }));
        var tags = await rows.QueryAsync<TagRow>(
            $"SELECT digest, name FROM tag WHERE repository_id = @repository AND digest IN {wanted} ORDER BY digest, name",
            wanted.With(new { repository }));
        await HandOverAsync(rows, repository, found, tags, images.Add);
        return images;
    }

    private static async Task HandOverAsync(
        RowReader rows, string repository, IReadOnlyList<Row> page, IReadOnlyList<TagRow> tags, Action<LifecycleImage> add)
    {
        var indexes = new ValueList("image", [.. page.Where(row => MediaType.IsIndex(row.MediaType)).Select(row => row.Digest)]);
        var listed = (await rows.QueryAsync<ListedRow>(
            $"SELECT image, target FROM descriptor WHERE repository_id = @repository AND role = 'image' AND image IN {indexes}",
            indexes.With(new { repository }))).ToLookup(row => row.Image, row => row.Target, StringComparer.Ordinal);
        var namesOf = tags.ToLookup(row => row.Digest, row => row.Name, StringComparer.Ordinal);
        foreach (var row in page)
        {
            add(row.ToImage([.. namesOf[row.Digest]], [.. listed[row.Digest]]));
        }
    }

    private sealed record Row
    {
        public string Digest { get; init; } = "";
        public string MediaType { get; init; } = "";
        public string? Subject { get; init; }
        public long PushedAt { get; init; }
        public string Status { get; init; } = "";
        public long? ArchivedAt { get; init; }
        public long? ActivatedAt { get; init; }
        public long? PulledAt { get; init; }

        public LifecycleImage ToImage(IReadOnlyList<string> tags, IReadOnlyList<string> references) => new()
        {
            Digest = Digest,
            Tags = tags,
            PushedAt = PushedAt,
            PulledAt = PulledAt,
            ArchivedAt = ArchivedAt,
            ActivatedAt = ActivatedAt,
            Status = ImageStatusNames.FromWire(Status),
            Subject = Subject,
            References = references,
        };
    }

    private sealed record TagRow
    {
        public string Digest { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private sealed record ListedRow
    {
        public string Image { get; init; } = "";
        public string Target { get; init; } = "";
    }
}
