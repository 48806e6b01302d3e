using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The artifacts that point at an image by <c>subject</c>. The image itself need not exist.</summary>
public sealed class Referrers(Database database)
{
    /// <summary>A page of the active referrers in the order of their digests, of one artifact type or of all.</summary>
    public Task<IReadOnlyList<Image>> ListAsync(
        RepositoryId id, Digest subject, string? artifactType, Digest? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Image>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var found = await rows.QueryAsync<ImageRow>(
                    $"""
                    SELECT {ImageRow.Columns} FROM image i
                     WHERE i.repository_id = @repository AND i.subject = @subject AND i.status = 'ACTIVE' AND i.digest > @after
                       AND (@type = '' OR COALESCE(i.artifact_type, i.config_type) = @type)
                     ORDER BY i.digest LIMIT @limit
                    """,
                    new
                    {
                        repository = repository.Key,
                        subject = subject.ToString(),
                        after = after?.ToString() ?? "",
                        type = artifactType ?? "",
                        limit,
                    });
                return [.. found.Select(row => row.ToImage([]))];
            },
            cancel);
}
