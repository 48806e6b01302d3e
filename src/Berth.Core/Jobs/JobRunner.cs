using System.Threading.Channels;
using Berth.Storage.Rows;
using Microsoft.Extensions.Logging;

namespace Berth.Jobs;

/// <summary>
/// Does the jobs of the table, a few at a time, on every node. It wakes when a job is enqueued here, when one ends and
/// when the next is due; what another node enqueued and left undone is seen within half a minute.
/// </summary>
public sealed class JobRunner(
    Database database, JobQueue queue, IReadOnlyCollection<JobHandler> handlers, TimeProvider time, ILogger<JobRunner> logger)
{
    private const int MaxParallel = 8;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);

    // Covers what the clocks of two nodes differ by, and the time it takes to record the outcome.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> alarm = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<string, JobHandler> handlers =
        handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    private readonly JobLeases leases = queue.OpenLeases(database, [.. handlers.Select(handler => handler.Kind)]);

    private readonly TimeSpan leaseLength =
        handlers.Select(handler => handler.TimeLimit).DefaultIfEmpty().Max() + LeaseMargin;

    /// <summary>
    /// Runs until it is cancelled. Then it claims no more, cancels what runs, gives those jobs back and returns.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var running = new List<Task>();
        await using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var registration = cancel.UnsafeRegister(_ => Wake(), null);
        queue.Enqueued += WakeOnEnqueued;
        while (!cancel.IsCancellationRequested)
        {
            running.RemoveAll(job => job.IsCompleted);
            timer.Change(await StartDueAsync(running, cancel), Timeout.InfiniteTimeSpan);
            await alarm.Reader.ReadAsync(CancellationToken.None);
        }

        queue.Enqueued -= WakeOnEnqueued;
        await Task.WhenAll(running);
    }

    // Starts what is due as far as there is room, and returns how long nothing else will be.
    private async Task<TimeSpan> StartDueAsync(List<Task> running, CancellationToken cancel)
    {
        try
        {
            var room = MaxParallel - running.Count;
            var claimed = room > 0 ? await leases.ClaimAsync(room, leaseLength, CancellationToken.None) : [];
            running.AddRange(claimed.Select(lease => Task.Run(() => DoAsync(lease, cancel), CancellationToken.None)));
            return claimed.Count == room ? LongestSleep : await FindSleepAsync();
        }
        catch (Exception error)
        {
            logger.LogError(error, "no jobs could be claimed");
            return PauseAfterError;
        }
    }

    private async Task<TimeSpan> FindSleepAsync()
    {
        if (await leases.FindNextDueAsync(CancellationToken.None) is not { } due)
        {
            return LongestSleep;
        }

        var sleep = due - time.GetUtcNow();
        return sleep <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : sleep < LongestSleep ? sleep : LongestSleep;
    }

    private async Task DoAsync(Lease lease, CancellationToken stop)
    {
        try
        {
            await AttemptAsync(lease, handlers[lease.Kind], stop);
        }
        catch (Exception error)
        {
            logger.LogError(error, "the outcome of job {Id} was not recorded: it is done again when its lease ends", lease.Id);
        }
        finally
        {
            Wake();
        }
    }

    private async Task AttemptAsync(Lease lease, JobHandler handler, CancellationToken stop)
    {
        if (lease.Attempts > handler.MaxAttempts)
        {
            await BuryAsync(lease, new TimeoutException("every attempt ended with its node or outlived its lease"));
            return;
        }

        using var limit = new CancellationTokenSource(handler.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        DateTimeOffset? again;
        try
        {
            again = await handler.RunAsync(lease.Payload, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await leases.ReturnAsync(lease);
            return;
        }
        catch (Exception error)
        {
            await FailAsync(lease, handler, error);
            return;
        }

        await leases.CompleteAsync(lease, again);
    }

    private async Task FailAsync(Lease lease, JobHandler handler, Exception error)
    {
        if (lease.Attempts >= handler.MaxAttempts)
        {
            await BuryAsync(lease, error);
            return;
        }

        logger.LogWarning(error, "job {Id} ({Kind}) failed at attempt {Attempt}", lease.Id, lease.Kind, lease.Attempts);
        await leases.RetryAsync(lease, error.Message);
    }

    private async Task BuryAsync(Lease lease, Exception error)
    {
        await leases.BuryAsync(lease, error.Message);
        logger.LogError(error, "job {Id} ({Kind}) is given up after {Attempts} attempts", lease.Id, lease.Kind, lease.Attempts);
    }

    private void WakeOnEnqueued(object? sender, EventArgs e) => Wake();

    private void Wake() => alarm.Writer.TryWrite(true);
}
