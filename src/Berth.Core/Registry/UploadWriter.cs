using System.Runtime.ExceptionServices;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Moves a part's bytes into the staged object and acknowledges them; at the end makes a layer of them.</summary>
public sealed class UploadWriter(Database database, SealedBlobs blobs, AccountQuotas quotas, TimeProvider time)
{
    /// <summary>Receives a part of a session that the caller has entered.</summary>
    internal async Task AppendAsync(
        Repository repository, UploadSession session, UploadRow row, UploadPart part, CancellationToken cancel)
    {
        await StageAsync(repository, session, row, sha512: false, cancel);
        var broken = await ReceiveOrDropAsync(repository, session, row, part, cancel);
        await AcknowledgeAsync(repository, session, row);
        broken?.Throw();
    }

    /// <summary>Receives the last part, if any, and turns the session into a layer of the repository.</summary>
    internal async Task<CompletedLayer> CompleteAsync(
        Repository repository, UploadSession session, UploadRow row, IReadOnlyList<Digest> digests, UploadPart? last, CancellationToken cancel)
    {
        var staged = await StageAsync(repository, session, row, digests.All(digest => digest.IsSha512), cancel);
        if (last is not null && await ReceiveOrDropAsync(repository, session, row, last, cancel) is { } broken)
        {
            await AcknowledgeAsync(repository, session, row);
            broken.Throw();
        }

        if (await MatchAsync(staged, digests, cancel) is not { } digest)
        {
            await DiscardAsync(session, row, cancel);
            throw new LayerDigestMismatch(repository.Id).AsException();
        }

        var stored = await CommitAsync(session, staged, digest);
        return await LinkAsync(repository, session.Id, stored, staged.Id, row);
    }

    /// <summary>Ends a session that the caller has entered, with its row and its bytes.</summary>
    internal async Task DiscardAsync(UploadSession session, UploadRow row, CancellationToken cancel)
    {
        await database.WriteAsync(tx => UploadRow.DeleteAsync(tx, session.Id), cancel);
        await DropAsync(session, row);
        if (row.State is { } state)
        {
            await blobs.DiscardAsync(state.Id, cancel);
        }
    }

    // A session that this process has not written is taken over from its row under a new data key.
    private async ValueTask<StagedBlob> StageAsync(
        Repository repository, UploadSession session, UploadRow row, bool sha512, CancellationToken cancel) =>
        session.Staged ??= row.State is { } state
            ? await blobs.TakeOverAsync(repository.Scope, state, sha512, cancel)
            : await blobs.StageAsync(repository.Scope, sha512, cancel);

    // Returns why the caller's bytes stopped early, if they did. When they cannot be kept, the staged object is ahead of
    // the row: it is dropped, and whoever comes next takes over from what was acknowledged.
    private async Task<ExceptionDispatchInfo?> ReceiveOrDropAsync(
        Repository repository, UploadSession session, UploadRow row, UploadPart part, CancellationToken cancel)
    {
        try
        {
            var allowed = await quotas.FindAsync(repository.Id.Account, cancel);
            var receiver = new PartReceiver(repository.Id, session.Id, part, session.Staged!, allowed.LayerSize);
            return await receiver.ReceiveAsync(cancel);
        }
        catch
        {
            var isKnown = session.Staged!.Id == row.State?.Id;
            await DropAsync(session, row);
            if (isKnown)
            {
                await blobs.TrimAsync(row.State!, CancellationToken.None);
            }

            throw;
        }
    }

    // The caller may be gone by now; what it sent is kept for its return all the same.
    private async Task AcknowledgeAsync(Repository repository, UploadSession session, UploadRow row)
    {
        var staged = session.Staged!;
        var part = staged.Length - row.Received;
        if (part == 0)
        {
            return;
        }

        var small = row.LastPart > 0 && row.LastPart < Quotas.MinLayerPart;
        var kept = false;
        try
        {
            var state = await staged.PersistAsync(CancellationToken.None);
            kept = await database.WriteAsync(
                tx => UploadRow.AcknowledgeAsync(tx, session.Id, state, part, small, Now), CancellationToken.None);
        }
        finally
        {
            if (!kept)
            {
                await DropAsync(session, row);
            }
        }

        if (!kept)
        {
            throw new UploadNotFound(repository.Id, session.Id.ToString()).AsException();
        }

        await DiscardTakenOverAsync(row, staged.Id);
    }

    private static async ValueTask<Digest?> MatchAsync(StagedBlob staged, IReadOnlyList<Digest> digests, CancellationToken cancel)
    {
        foreach (var digest in digests)
        {
            if (await staged.DigestByAsync(digest.IsSha512, cancel) == digest)
            {
                return digest;
            }
        }

        return null;
    }

    private static async Task<StoredBlob> CommitAsync(UploadSession session, StagedBlob staged, Digest digest)
    {
        try
        {
            return await staged.CommitAsync(digest, CancellationToken.None);
        }
        finally
        {
            // Sealed to its end or failed: nothing can be appended to it any more.
            await session.CloseAsync();
        }
    }

    private async Task<CompletedLayer> LinkAsync(Repository repository, UploadId upload, StoredBlob stored, Guid staged, UploadRow row)
    {
        var (isStored, existed) = await database.WriteAsync(
            async tx =>
            {
                // The repository may have gone while the bytes came in.
                var current = await Repositories.GetAsync(tx, repository.Id);
                var isStored = await BlobRow.InsertAsync(tx, stored, Now);
                var existed = await LayerRow.LinkAsync(tx, current, stored.Key.Digest, stored.Size, Now);
                await UploadRow.DeleteAsync(tx, upload);
                return (isStored, existed);
            },
            CancellationToken.None);
        if (!isStored)
        {
            await blobs.DeleteAsync(stored.Key, CancellationToken.None);
        }

        await DiscardTakenOverAsync(row, staged);
        return new(stored.Key.Digest, existed);
    }

    private async ValueTask DiscardTakenOverAsync(UploadRow row, Guid current)
    {
        if (row.State is { } state && state.Id != current)
        {
            await blobs.DiscardAsync(state.Id, CancellationToken.None);
        }
    }

    /// <summary>Lets go of bytes that were not acknowledged. An object that the row knows stays: it holds those that were.</summary>
    internal async ValueTask DropAsync(UploadSession session, UploadRow row)
    {
        if (session.Staged is { } staged)
        {
            await session.CloseAsync();
            if (row.State?.Id != staged.Id)
            {
                await blobs.DiscardAsync(staged.Id, CancellationToken.None);
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
