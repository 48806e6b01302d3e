using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Storage.Rows;

/// <summary>
/// Keeps what was read from rows. A change on this node is seen at once, since whoever writes the rows forgets them here as the
/// transaction commits; another node's change is seen when what is kept has grown old.
/// </summary>
/// <param name="most">How many values are kept at most.</param>
/// <param name="time">Tells how old they are.</param>
public sealed class RowCache<TKey, TValue>(int most, TimeProvider time)
    where TKey : notnull
{
    /// <summary>For how long another node's change may go unseen.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<TKey, Kept> entries = new();
    private int era;

    /// <summary>The value under a key, if it is kept and not too old.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var isKept = entries.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.ReadAt) < Freshness;
        value = isKept ? kept.Value : default;
        return isKept;
    }

    /// <summary>The value under a key: the kept one, else a new one, which is kept unless something changed while it was read.</summary>
    public async ValueTask<TValue> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue>> read, CancellationToken cancel)
    {
        if (TryGet(key, out var kept))
        {
            return kept;
        }

        var (before, readAt) = (Volatile.Read(ref era), time.GetTimestamp());
        var value = await read(key, cancel);
        if (before == Volatile.Read(ref era))
        {
            // A full cache starts over: what it keeps is cheap to have again.
            if (entries.Count >= most)
            {
                entries.Clear();
            }

            entries[key] = new(value, readAt);
            if (before != Volatile.Read(ref era))
            {
                entries.TryRemove(key, out _);
            }
        }

        return value;
    }

    /// <summary>Forgets one value. To be called as the change of its row commits.</summary>
    public void Forget(TKey key)
    {
        Interlocked.Increment(ref era);
        entries.TryRemove(key, out _);
    }

    /// <summary>Forgets everything.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref era);
        entries.Clear();
    }

    private readonly record struct Kept(TValue Value, long ReadAt);
}
