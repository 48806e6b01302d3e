using Berth.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace Berth.Trail;

/// <summary>
/// Records what needs no transaction of its own, such as pulls and denials, many at once and a moment later. What waits is lost when
/// the process is killed, and is less than a second old; when more waits than there is room for, callers wait as well: nothing is
/// ever left out.
/// </summary>
public sealed class TrailQueue : IAsyncDisposable
{
    private const int MostEvents = 8192;
    private const int MostBytes = 64 * 1024 * 1024;

    // Long enough for many pulls to share a commit, and short enough to lose little.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ILogger<TrailQueue> log;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private List<Entry> waiting = [];
    private List<TaskCompletionSource> flushes = [];
    private TaskCompletionSource? room;
    private long bytes;

    /// <summary>Begins to write.</summary>
    public TrailQueue(Database database, TimeProvider time, ILogger<TrailQueue> log)
    {
        (this.database, this.time, this.log) = (database, time, log);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Has an event recorded. Returns at once while there is room.</summary>
    public ValueTask AddAsync(TrailEvent what) => EnqueueAsync(new Entry(what, IsCompletion: false));

    /// <summary>Has the record of an event replaced, which a transaction wrote before all of it was known.</summary>
    public ValueTask CompleteAsync(TrailEvent what) => EnqueueAsync(new Entry(what, IsCompletion: true));

    /// <summary>Returns when everything that was added before is recorded.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            flushes.Add(flushed);
        }

        Wake();
        return flushed.Task;
    }

    /// <summary>Records what waits, once more if it must, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Wake();
        await loop;
        stopping.Dispose();
        signal.Dispose();
    }

    private async ValueTask EnqueueAsync(Entry entry)
    {
        while (true)
        {
            Task full;
            lock (gate)
            {
                if (waiting.Count < MostEvents && bytes < MostBytes)
                {
                    waiting.Add(entry);
                    bytes += entry.Event.Record.Length;
                    break;
                }

                full = (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await full;
        }

        Wake();
    }

    private void Wake()
    {
        lock (gate)
        {
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    // Real time passes here also where a test has made time stand still: what is gathered comes from outside.
    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await signal.WaitAsync();
            var (batch, done) = Take();
            await WriteAsync(batch);
            done.ForEach(flush => flush.TrySetResult());
            if (done.Count == 0 && !stopping.IsCancellationRequested)
            {
                await GatherAsync();
            }
        }

        var (last, rest) = Take();
        await WriteAsync(last);
        rest.ForEach(flush => flush.TrySetResult());
    }

    private async Task GatherAsync()
    {
        for (var waited = TimeSpan.Zero; waited < Gathering && !IsPressed(); waited += Gathering / 10)
        {
            await Task.Delay(Gathering / 10, TimeProvider.System);
        }
    }

    private bool IsPressed()
    {
        lock (gate)
        {
            return stopping.IsCancellationRequested || flushes.Count > 0 || waiting.Count > MostEvents / 4 || bytes > MostBytes / 4;
        }
    }

    private (List<Entry> Batch, List<TaskCompletionSource> Flushes) Take()
    {
        lock (gate)
        {
            var taken = (waiting, flushes);
            (waiting, flushes, bytes) = ([], [], 0);
            room?.SetResult();
            room = null;
            return taken;
        }
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        while (batch.Count > 0)
        {
            try
            {
                await database.WriteAsync(tx => WriteAsync(tx, batch), CancellationToken.None);
                return;
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                log.LogError(error, "{Count} records of the trail wait, since they cannot be written", batch.Count);
                await Task.Delay(PauseAfterError, TimeProvider.System);
            }
            catch (Exception error)
            {
                log.LogError(error, "{Count} records of the trail are lost, since they could not be written before the end", batch.Count);
                return;
            }
        }
    }

    private async Task WriteAsync(Transaction tx, List<Entry> batch)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await TrailRow.InsertAsync(tx, [.. batch.Where(entry => !entry.IsCompletion).Select(entry => entry.Event)], now);
        foreach (var (what, _) in batch.Where(entry => entry.IsCompletion))
        {
            await tx.ExecuteAsync("UPDATE trail_event SET record = @Record WHERE id = @Id", new { what.Record, what.Id });
        }
    }

    private readonly record struct Entry(TrailEvent Event, bool IsCompletion);
}
