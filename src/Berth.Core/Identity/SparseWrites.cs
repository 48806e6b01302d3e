using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>One event that is written down.</summary>
/// <param name="Id">What it happened to.</param>
/// <param name="Detail">What is written of it besides.</param>
/// <param name="Moment">When, in Unix milliseconds.</param>
internal readonly record struct SparseWrite<T>(string Id, T Detail, long Moment);

/// <summary>
/// Writes down what happens often and matters little: one event of an id in some minutes, beside the request and not by it. What is
/// lost when a write fails or the process ends is worth less than a request's time.
/// </summary>
internal sealed class SparseWrites(Database database, TimeProvider time)
{
    /// <summary>For how long further events of an id go unwritten.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<string, long> noted = new(most: 10_000);

    /// <summary>The last write that was begun; tests wait for it.</summary>
    public Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>Takes note of an event. Costs a look-up in memory, save for the first one in a while.</summary>
    /// <param name="id">What it happened to.</param>
    /// <param name="detail">What is written of it besides.</param>
    /// <param name="write">Writes it.</param>
    public void Note<T>(string id, T detail, Func<Transaction, SparseWrite<T>, Task> write)
    {
        if (noted.TryGet(id, out var last) && time.GetElapsedTime(last) < Interval)
        {
            return;
        }

        noted.Set(id, time.GetTimestamp());
        Writing = WriteAsync(id, detail, write);
    }

    private async Task WriteAsync<T>(string id, T detail, Func<Transaction, SparseWrite<T>, Task> write)
    {
        // It is no part of the call that it begins in.
        WriteCompanion.Leave();
        await Task.Yield();
        try
        {
            await database.WriteAsync(
                tx => write(tx, new(id, detail, time.GetUtcNow().ToUnixTimeMilliseconds())), CancellationToken.None);
        }
        catch (Exception failure) when (failure is FaultException or ObjectDisposedException or InvalidOperationException)
        {
            noted.Remove(id);
        }
    }
}
