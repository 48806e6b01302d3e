using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// Upload sessions: bytes stream through hash and seal into a staged object, and a row acknowledges how far it got.
/// Nothing is buffered beyond a few segments, whatever the layer's size.
/// </summary>
public sealed class Uploads(Database database, UploadWriter writer, UploadSessions sessions, Ids ids, TimeProvider time)
{
    /// <summary>Starts a session.</summary>
    public Task<UploadId> StartAsync(RepositoryId id, CancellationToken cancel)
    {
        var upload = ids.NewUpload();
        return database.WriteAsync(
            async tx =>
            {
                await UploadRow.InsertAsync(tx, await Repositories.GetAsync(tx, id), upload, Now);
                return upload;
            },
            cancel);
    }

    /// <summary>How far a session is. Fault: <see cref="UploadNotFound"/>.</summary>
    public async Task<UploadStatus> GetAsync(RepositoryId id, UploadId upload, CancellationToken cancel)
    {
        var (_, row) = await ReadAsync(id, upload, cancel);
        return new(upload, row.Received);
    }

    /// <summary>
    /// Appends a part and returns how far the session is then. What arrived before a connection broke is acknowledged
    /// too. Faults: <see cref="UploadNotFound"/>, <see cref="UploadInUse"/>, <see cref="LayerPartOutOfOrder"/>,
    /// <see cref="LayerPartLengthWrong"/>, <see cref="LayerTooLarge"/>, <see cref="StorageFull"/>.
    /// </summary>
    public async Task<UploadStatus> AppendAsync(RepositoryId id, UploadId upload, UploadPart part, CancellationToken cancel)
    {
        var session = Enter(id, upload);
        try
        {
            var (repository, row) = await ReadAsync(id, upload, cancel);
            CheckOrder(repository, upload, part, row.Received);
            await writer.AppendAsync(repository, session, row, part, cancel);
            return new(upload, session.Staged?.Length ?? row.Received);
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    /// <summary>
    /// Ends a session: the last bytes, if any, then the digest is verified and the repository has the layer. A digest
    /// that differs ends the session too. Faults: those of <see cref="AppendAsync"/>, <see cref="LayerDigestMismatch"/>.
    /// </summary>
    /// <param name="id">The repository.</param>
    /// <param name="upload">The session.</param>
    /// <param name="digests">What the bytes may be; one must be right.</param>
    /// <param name="last">The last part, or null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<CompletedLayer> CompleteAsync(
        RepositoryId id, UploadId upload, IReadOnlyList<Digest> digests, UploadPart? last, CancellationToken cancel)
    {
        var session = Enter(id, upload);
        try
        {
            var (repository, row) = await ReadAsync(id, upload, cancel);
            if (last is not null)
            {
                CheckOrder(repository, upload, last, row.Received);
            }

            return await writer.CompleteAsync(repository, session, row, digests, last, cancel);
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    /// <summary>
    /// Stores a layer that comes whole in one request; a failure leaves nothing. Faults: those of
    /// <see cref="CompleteAsync"/>.
    /// </summary>
    public async Task<CompletedLayer> StoreAsync(RepositoryId id, Digest digest, UploadPart content, CancellationToken cancel)
    {
        var repository = await database.ReadAsync(rows => Repositories.GetAsync(rows, id), cancel);
        var (session, nothing) = (new UploadSession(ids.NewUpload()), new UploadRow());
        try
        {
            return await writer.CompleteAsync(repository, session, nothing, [digest], content, cancel);
        }
        finally
        {
            await writer.DropAsync(session, nothing);
        }
    }

    /// <summary>
    /// Checks what ECR's API asks of a session before it ends: that it has parts, and that none but the last is smaller
    /// than 5 MiB. Faults: <see cref="UploadNotFound"/>, <see cref="UploadEmpty"/>, <see cref="LayerPartTooSmall"/>.
    /// </summary>
    public async Task CheckPartsAsync(RepositoryId id, UploadId upload, CancellationToken cancel)
    {
        var (repository, row) = await ReadAsync(id, upload, cancel);
        if (row.Received == 0)
        {
            throw new UploadEmpty(repository.Id, upload).AsException();
        }

        if (row.SmallPart)
        {
            throw new LayerPartTooSmall(repository.Id).AsException();
        }
    }

    /// <summary>Ends a session and discards its bytes. Faults: <see cref="UploadNotFound"/>, <see cref="UploadInUse"/>.</summary>
    public async Task CancelAsync(RepositoryId id, UploadId upload, CancellationToken cancel)
    {
        var session = Enter(id, upload);
        try
        {
            var (_, row) = await ReadAsync(id, upload, cancel);
            await writer.DiscardAsync(session, row, cancel);
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private UploadSession Enter(RepositoryId id, UploadId upload) =>
        sessions.TryEnter(upload) ?? throw new UploadInUse(id, upload).AsException();

    private Task<(Repository Repository, UploadRow Row)> ReadAsync(RepositoryId id, UploadId upload, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var row = await UploadRow.FindAsync(rows, repository, upload.ToString());
                return (repository, row ?? throw new UploadNotFound(id, upload.ToString()).AsException());
            },
            cancel);

    private static void CheckOrder(Repository repository, UploadId upload, UploadPart part, long received)
    {
        if (part.First is { } first && first != received)
        {
            throw new LayerPartOutOfOrder(repository.Id, upload, first, received).AsException();
        }
    }
}

/// <summary>A layer that an upload became.</summary>
/// <param name="Digest">The digest it was stored under.</param>
/// <param name="Existed">Whether the repository had it before.</param>
public sealed record CompletedLayer(Digest Digest, bool Existed);
