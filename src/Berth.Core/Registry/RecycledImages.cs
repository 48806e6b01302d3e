using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>An image in the recycle bin.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="MediaType">What its manifest is.</param>
/// <param name="ArtifactType">What it is of, where its manifest says so.</param>
/// <param name="Size">Its bytes, as when it was deleted.</param>
/// <param name="Tags">The tags it had then.</param>
/// <param name="Status">And its status.</param>
/// <param name="PushedAt">When it was pushed.</param>
/// <param name="DeletedAt">When it was deleted.</param>
/// <param name="DeletedBy"><c>API</c> or <c>LIFECYCLE</c>.</param>
/// <param name="RulePriority">The lifecycle policy's rule that took it.</param>
public sealed record RecycledImage(
    Digest Digest,
    string MediaType,
    string? ArtifactType,
    long Size,
    IReadOnlyList<Tag> Tags,
    ImageStatus Status,
    DateTimeOffset PushedAt,
    DateTimeOffset DeletedAt,
    string DeletedBy,
    int? RulePriority);

/// <summary>What lies in the recycle bins of repositories, until it is too old.</summary>
public sealed class RecycledImages(Database database)
{
    private const int AtOnce = 50;

    /// <summary>A page of what was deleted from a repository, the latest first, from what follows <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<RecycledImage>> ListAsync(
        RepositoryId id, (DateTimeOffset DeletedAt, Digest Digest)? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<RecycledImage>>(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var found = await rows.QueryAsync<RecycledRow>(
                    $"""
                    SELECT {RecycledRow.Columns} FROM recycled_image r
                     WHERE r.repository_id = @repository AND (r.deleted_at, r.digest) < (@at, @digest)
                     ORDER BY r.deleted_at DESC, r.digest DESC LIMIT @limit
                    """,
                    new
                    {
                        repository = repository.Key,
                        at = after?.DeletedAt.ToUnixTimeMilliseconds() ?? long.MaxValue,
                        digest = after?.Digest.ToString() ?? "",
                        limit,
                    });
                return [.. found.Select(row => row.ToImage())];
            },
            cancel);

    /// <summary>Gives up what was deleted up to a moment, in small transactions; says how many images that were.</summary>
    public async Task<int> ExpireAsync(DateTimeOffset until, CancellationToken cancel)
    {
        var (expired, before) = (0, until.ToUnixTimeMilliseconds());
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var some = await ForgetAsync(
                "SELECT repository_id, digest FROM recycled_image WHERE deleted_at <= @before ORDER BY deleted_at LIMIT @AtOnce",
                new { before, AtOnce },
                cancel);
            expired += some;
            if (some < AtOnce)
            {
                return expired;
            }
        }
    }

    /// <summary>Gives up some of what a repository has in its bin. Says whether there may be more.</summary>
    internal async Task<bool> ForgetSomeAsync(string repositoryKey, CancellationToken cancel) => await ForgetAsync(
        "SELECT repository_id, digest FROM recycled_image WHERE repository_id = @repositoryKey LIMIT @AtOnce",
        new { repositoryKey, AtOnce },
        cancel) == AtOnce;

    private Task<int> ForgetAsync(string which, object at, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var images = await tx.QueryAsync<RecycledRow>(which, at);
            foreach (var image in images)
            {
                await RecycleBin.ForgetAsync(tx, image.RepositoryId, image.Digest);
            }

            return images.Count;
        },
        cancel);
}

/// <summary>The row of table <c>recycled_image</c>, without its manifest.</summary>
internal sealed record RecycledRow
{
    public const string Columns =
        "r.digest, r.deleted_at, r.deleted_by, r.rule_priority, r.media_type, r.artifact_type, r.size, r.pushed_at, r.status, "
        + "r.archived_at, r.activated_at, r.pulled_at, r.tags, r.sparse";

    public string RepositoryId { get; init; } = "";
    public string Digest { get; init; } = "";
    public long DeletedAt { get; init; }
    public string DeletedBy { get; init; } = "";
    public int? RulePriority { get; init; }
    public string MediaType { get; init; } = "";
    public string? ArtifactType { get; init; }
    public long Size { get; init; }
    public long PushedAt { get; init; }
    public string Status { get; init; } = "";
    public long? ArchivedAt { get; init; }
    public long? ActivatedAt { get; init; }
    public long? PulledAt { get; init; }
    public string Tags { get; init; } = "[]";
    public bool Sparse { get; init; }

    public bool IsActive => Status is "ACTIVE";

    public IReadOnlyList<Tag> ToTags() => [.. JsonSerializer.Deserialize<string[]>(Tags)!.Select(Tag.Parse)];

    public RecycledImage ToImage() => new(
        Vocabulary.Digest.Parse(Digest),
        MediaType,
        ArtifactType,
        Size,
        ToTags(),
        ImageStatusNames.FromWire(Status),
        DateTimeOffset.FromUnixTimeMilliseconds(PushedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(DeletedAt),
        DeletedBy,
        RulePriority);
}
