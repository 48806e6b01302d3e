using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Identity;

/// <summary>
/// Keeps up to so many values. A full cache starts over: what it keeps is cheap to have again, and no order of use needs
/// to be written down on every read.
/// </summary>
/// <param name="most">How many values are kept at most.</param>
public sealed class BoundedCache<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> entries = new();
    private int count;

    /// <summary>The value under a key, if it is kept.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => entries.TryGetValue(key, out value);

    /// <summary>Keeps a value, in the place of one that was there.</summary>
    public void Set(TKey key, TValue value)
    {
        if (Interlocked.Increment(ref count) > most)
        {
            entries.Clear();
            Volatile.Write(ref count, 1);
        }

        entries[key] = value;
    }

    /// <summary>Forgets a value.</summary>
    public void Remove(TKey key) => entries.TryRemove(key, out _);
}
