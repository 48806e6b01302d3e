using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Which of an image's referrers are wanted.</summary>
public sealed record ReferrerFilter
{
    /// <summary>Those of these artifact types; of all where there are none here.</summary>
    public IReadOnlyList<string> ArtifactTypes { get; init; } = [];

    /// <summary>Those of this status; null for all.</summary>
    public ImageStatus? Status { get; init; } = ImageStatus.Active;
}

/// <summary>A page of referrers.</summary>
/// <param name="Images">In the order of their digests, without their tags.</param>
/// <param name="HasMore">Whether others follow.</param>
public sealed record ReferrerPage(IReadOnlyList<Image> Images, bool HasMore);

/// <summary>The artifacts that point at an image by <c>subject</c>. The image itself need not exist.</summary>
public sealed class Referrers(Database database)
{
    // What an artifact says of itself comes along, and may be nearly four megabytes: rows are read in small batches, and a
    // page ends where it would be longer than a manifest may be.
    private const int Batch = 50;

    /// <summary>A page of at most so many, from the one after <paramref name="after"/> on. Fault: <see cref="RepositoryNotFound"/>.</summary>
    public Task<ReferrerPage> ListAsync(
        RepositoryId id, Digest subject, ReferrerFilter filter, Digest? after, int size, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var page = new List<Image>();
                var length = 0L;
                while (true)
                {
                    var found = await ReadAsync(rows, repository, subject, filter, after);
                    foreach (var row in found)
                    {
                        length += (row.Annotations?.Length ?? 0) + (row.ArtifactType?.Length ?? 0) + (row.ConfigType?.Length ?? 0);
                        if (page.Count == size || (page.Count > 0 && length > Manifest.MaxLength))
                        {
                            return new ReferrerPage(page, HasMore: true);
                        }

                        page.Add(row.ToImage([]));
                    }

                    if (found.Count < Batch)
                    {
                        return new ReferrerPage(page, HasMore: false);
                    }

                    after = page[^1].Digest;
                }
            },
            cancel);

    private static Task<IReadOnlyList<ImageRow>> ReadAsync(
        RowReader rows, Repository repository, Digest subject, ReferrerFilter filter, Digest? after)
    {
        var types = new ValueList("type", filter.ArtifactTypes);
        var ofType = filter.ArtifactTypes.Count > 0 ? $"AND COALESCE(i.artifact_type, i.config_type) IN {types}" : "";
        var ofStatus = filter.Status is null ? "" : "AND i.status = @status";
        return rows.QueryAsync<ImageRow>(
            $"""
            SELECT {ImageRow.Columns} FROM image i
             WHERE i.repository_id = @repository AND i.subject = @subject AND i.digest > @after {ofType} {ofStatus}
             ORDER BY i.digest LIMIT @limit
            """,
            types.With(new
            {
                repository = repository.Key,
                subject = subject.ToString(),
                after = after?.ToString() ?? "",
                status = filter.Status?.Wire() ?? "",
                limit = Batch,
            }));
    }
}
