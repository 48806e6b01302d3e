using System.Collections.Concurrent;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// The uploads this process has been writing: hash state and data key, which no row holds. An upload whose session is
/// not here is taken over from its row. INVARIANT: between requests a session is exactly as far as its row.
/// </summary>
public sealed class UploadSessions : IAsyncDisposable
{
    private readonly ConcurrentDictionary<UploadId, UploadSession> sessions = new();

    /// <summary>Takes the one place at an upload; null when another request has it.</summary>
    internal UploadSession? TryEnter(UploadId id)
    {
        while (true)
        {
            var session = sessions.GetOrAdd(id, static key => new(key));
            if (session.TryEnter())
            {
                return session;
            }

            if (!session.HasEnded)
            {
                return null;
            }

            // It ended between the look-up and the attempt: this instance is out of use for good.
            sessions.TryRemove(KeyValuePair.Create(id, session));
        }
    }

    /// <summary>Gives the place back. A session without bytes holds nothing a row does not, and is forgotten.</summary>
    internal void Leave(UploadSession session)
    {
        if (session.Staged is null)
        {
            session.End();
            sessions.TryRemove(KeyValuePair.Create(session.Id, session));
        }
        else
        {
            session.Leave();
        }
    }

    /// <summary>Forgets uploads that expired or went with their repository, but for those being written just now.</summary>
    public async ValueTask ForgetAsync(IEnumerable<UploadId> ids)
    {
        foreach (var id in ids)
        {
            if (TryEnter(id) is { } session)
            {
                await session.CloseAsync();
                Leave(session);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions.Values)
        {
            await session.CloseAsync();
        }
    }
}

/// <summary>One upload as this process writes it, by one request at a time.</summary>
internal sealed class UploadSession(UploadId id)
{
    private const int Free = 0;
    private const int Entered = 1;
    private const int Ended = 2;

    private int state = Free;

    public UploadId Id { get; } = id;

    /// <summary>The bytes so far; null before the first part, after a failed write, and after the end.</summary>
    public StagedBlob? Staged { get; set; }

    public bool HasEnded => Volatile.Read(ref state) == Ended;

    public bool TryEnter() => Interlocked.CompareExchange(ref state, Entered, Free) == Free;

    public void Leave() => Volatile.Write(ref state, Free);

    public void End() => Volatile.Write(ref state, Ended);

    public async ValueTask CloseAsync()
    {
        if (Staged is { } staged)
        {
            Staged = null;
            await staged.DisposeAsync();
        }
    }
}
