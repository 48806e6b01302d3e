using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>The blobs of repositories: finding, reading, mounting and deleting them.</summary>
public sealed class Layers(Database database, SealedBlobs blobs, Retention retention, TimeProvider time)
{
    private const int MostSources = 16;

    /// <summary>
    /// The layer, or null. A missing repository is the fault <see cref="RepositoryNotFound"/>. Whoever is told of a layer
    /// that no image refers to may rely on it for a push: its grace period begins anew.
    /// </summary>
    public async Task<Layer?> FindAsync(RepositoryId id, Digest digest, CancellationToken cancel)
    {
        var (repository, row) = await database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                return (repository, await LayerRow.FindAsync(rows, repository, digest));
            },
            cancel);
        if (row is not null && IsDue(row))
        {
            row = await RenewAsync(repository, digest, cancel);
        }

        return row?.ToLayer(repository);
    }

    /// <summary>
    /// Opens a layer's bytes. Faults: <see cref="LayerArchived"/>; <see cref="ContentDamaged"/> when they are gone or altered.
    /// </summary>
    public async Task<BlobContent> OpenAsync(Layer layer, CancellationToken cancel)
    {
        layer.RefuseArchived();
        return await blobs.OpenAsync(layer.Blob, cancel)
            ?? await OpenMovedAsync(layer, cancel)
            ?? throw new ContentDamaged(layer.Digest.ToString()).AsException();
    }

    /// <summary>The layer whose bytes lie in a stored object, in the repository of that key; null when either is gone.</summary>
    public Task<Layer?> FindStoredAsync(string repositoryKey, Guid stored, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.FindAsync(rows, repositoryKey);
                var digest = await rows.FindAsync<string>("SELECT digest FROM blob WHERE id = @id", new { id = stored.ToString("D") });
                return repository is null || digest is null
                    ? null
                    : (await LayerRow.FindAsync(rows, repository, Digest.Parse(digest)))?.ToLayer(repository);
            },
            cancel);

    /// <summary>
    /// Gives a repository a layer that another one of the same registry has. False when the source does not have it, or
    /// lies under another key: the client then uploads. Who may read the source is decided before.
    /// </summary>
    /// <param name="target">The repository that is given it.</param>
    /// <param name="source">The one that has it.</param>
    /// <param name="digest">The layer.</param>
    /// <param name="mustBeReferenced">Whether an image of the source must refer to the layer.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    internal Task<bool> MountAsync(
        RepositoryId target, RepositoryName source, Digest digest, bool mustBeReferenced, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var to = await Repositories.GetAsync(tx, target);
                var from = await Repositories.FindAsync(tx, target with { Name = source });
                if (from is null || from.Scope != to.Scope || await LayerRow.FindAsync(tx, from, digest) is not { } row
                    || (mustBeReferenced && row.UnreferencedAt is not null))
                {
                    return false;
                }

                await LayerRow.LinkAsync(tx, to, digest, row.Size, Now);
                return true;
            },
            cancel);

    /// <summary>Some repositories of a registry that have a layer, for a mount that names no source.</summary>
    internal Task<IReadOnlyList<RepositoryName>> FindSourcesAsync(RepositoryId target, Digest digest, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<RepositoryName>>(
            async rows =>
            {
                var to = await Repositories.GetAsync(rows, target);
                var names = await rows.QueryAsync<string>(
                    """
                    SELECT r.name FROM layer l JOIN repository r ON r.id = l.repository_id
                     WHERE l.scope = @scope AND l.digest = @digest AND r.account = @account AND r.deleted_at IS NULL
                     LIMIT @most
                    """,
                    new { scope = to.Scope.Name, digest = digest.ToString(), account = target.Account.ToString(), most = MostSources });
                return [.. names.Select(RepositoryName.Parse)];
            },
            cancel);

    /// <summary>
    /// Takes a layer from a repository. Faults: <see cref="LayerNotFound"/>, and while an image refers to it, or one
    /// that can be taken back out of the recycle bin, <see cref="LayerInUse"/>. The bytes go when no repository has them and the grace period is over.
    /// </summary>
    public Task DeleteAsync(RepositoryId id, Digest digest, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var row = await LayerRow.FindAsync(tx, repository, digest) ?? throw new LayerNotFound(id, digest).AsException();
                if (row.UnreferencedAt is null || row.Held)
                {
                    throw new LayerInUse(id, digest).AsException();
                }

                await LayerRow.UnlinkAsync(tx, repository.Key, row.Scope, row.Digest, Now);
            },
            cancel);

    // Between its row and its bytes a blob may have moved; then the row says where to.
    private async Task<BlobContent?> OpenMovedAsync(Layer layer, CancellationToken cancel) =>
        await database.ReadAsync(rows => LayerRow.FindAsync(rows, layer.Repository, layer.Digest), cancel) is { } row
            ? await blobs.OpenAsync(row.ToLayer(layer.Repository).Blob, cancel)
            : null;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // Renewing costs a write, so a grace period that has only begun is left as it is.
    private bool IsDue(LayerRow row) =>
        row.UnreferencedAt is { } since && Now - since > retention.Grace.TotalMilliseconds / 4;

    private Task<LayerRow?> RenewAsync(Repository repository, Digest digest, CancellationToken cancel) =>
        database.WriteAsync(
            async tx =>
            {
                await LayerRow.RenewAsync(tx, new { repository = repository.Key, digest = digest.ToString(), now = Now });
                return await LayerRow.FindAsync(tx, repository, digest);
            },
            cancel);
}
