using Berth.Storage.Rows;

namespace Berth.Trail;

/// <summary>
/// A call while it is handled. The first transaction that it commits records it, with what is known by then, so that no change is
/// ever without its record; the domain need not know. Once it has ended it records nothing more.
/// </summary>
/// <param name="draft">The events of the call as far as it is known: the caller's, and copies for other accounts.</param>
/// <param name="time">Tells when it is recorded.</param>
public sealed class TrailScope(Func<IReadOnlyList<TrailEvent>> draft, TimeProvider time) : WriteCompanion
{
    private volatile bool isRecorded;
    private volatile bool hasEnded;

    /// <summary>Whether a transaction of the call has recorded it.</summary>
    public bool IsRecorded => isRecorded;

    /// <summary>Begins: to be called by the method that handles the call, since the scope ends with it.</summary>
    public void Begin() => Join();

    /// <summary>Ends the scope: what is written later is no part of the call.</summary>
    public void End() => hasEnded = true;

    internal override Func<Transaction, Task>? Prepare()
    {
        if (isRecorded || hasEnded)
        {
            return null;
        }

        var events = draft();
        return async tx =>
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var what in events)
            {
                await TrailRow.InsertAsync(tx, what, now);
            }

            tx.OnCommitted(() => isRecorded = true);
        };
    }
}
