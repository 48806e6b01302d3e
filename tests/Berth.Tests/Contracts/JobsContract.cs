using System.Collections.Concurrent;
using Berth.Jobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Contracts;

/// <summary>What the job table promises, whichever database holds it.</summary>
public abstract class JobsContract(TestDatabase engine) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryLogger<JobRunner> log = new();
    private readonly ConcurrentQueue<string> done = new();
    private Database? database;
    private JobQueue? queue;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Database Database => database!;

    private JobQueue Queue => queue!;

    private string[] Done => [.. done];

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await engine.GetDialectAsync(), clock, Cancel);
        queue = new(clock, new Ids());
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Sixteen_workers_do_two_hundred_jobs_once_each()
    {
        var expected = Enumerable.Range(0, 200).Select(i => $"job {i}").ToArray();
        foreach (var name in expected)
        {
            await EnqueueAsync(name);
        }

        await RunUntilAsync(() => done.Count >= expected.Length, workers: 16, Do());

        Assert.Equal(expected.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_job_of_a_change_that_failed_is_never_done()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(
            async tx =>
            {
                await Queue.EnqueueAsync(tx, new Note("never"));
                throw new InvalidOperationException();
            },
            Cancel));
        await EnqueueAsync("other");

        await RunUntilAsync(() => !done.IsEmpty, workers: 1, Do());

        Assert.Equal(["other"], Done);
    }

    [Fact]
    public async Task A_job_enqueued_while_the_runner_sleeps_is_done_at_once()
    {
        using var stop = new CancellationTokenSource();
        var running = Runner(Do()).RunAsync(stop.Token);

        await EnqueueAsync("first");
        await UntilAsync(() => done.Count == 1);
        await EnqueueAsync("second");
        await UntilAsync(() => done.Count == 2);

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_job_is_not_done_before_it_is_due()
    {
        await EnqueueAsync("late", due: clock.GetUtcNow().AddHours(3));
        await EnqueueAsync("now");
        await RunUntilAsync(() => !done.IsEmpty, workers: 1, Do());
        Assert.Equal(["now"], Done);

        clock.Advance(TimeSpan.FromHours(3));
        await RunUntilAsync(() => done.Count == 2, workers: 1, Do());
        Assert.Equal(["now", "late"], Done);
    }

    [Fact]
    public async Task The_job_of_a_worker_that_died_is_taken_when_its_lease_ends()
    {
        await EnqueueAsync("orphan");
        var dead = Assert.Single(await ClaimAsync());

        Assert.Empty(await ClaimAsync());
        clock.Advance(TimeSpan.FromMinutes(2));
        var heir = Assert.Single(await ClaimAsync());

        Assert.Equal((dead.Id, 2), (heir.Id, heir.Attempts));
    }

    [Fact]
    public async Task A_worker_whose_lease_has_passed_on_ends_nothing()
    {
        await EnqueueAsync("slow");
        var late = Assert.Single(await ClaimAsync());
        clock.Advance(TimeSpan.FromMinutes(2));
        var heir = Assert.Single(await ClaimAsync());

        await Leases.CompleteAsync(late, again: null);
        Assert.Equal(1, await CountAsync());
        await Leases.CompleteAsync(heir, again: null);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Of_two_jobs_of_one_key_one_is_kept_at_the_earlier_time()
    {
        await EnqueueAsync("scan", clock.GetUtcNow().AddHours(2), "key");
        await EnqueueAsync("scan", clock.GetUtcNow().AddHours(1), "key");
        await EnqueueAsync("scan", clock.GetUtcNow().AddHours(3), "key");

        Assert.Equal(1, await CountAsync());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task A_job_asked_for_while_it_is_done_is_done_once_more()
    {
        await EnqueueAsync("scan", key: "key");
        var first = Assert.Single(await ClaimAsync());
        await EnqueueAsync("scan", clock.GetUtcNow().AddHours(2), "key");
        await EnqueueAsync("scan", clock.GetUtcNow().AddHours(1), "key");
        Assert.Empty(await ClaimAsync());
        await Leases.CompleteAsync(first, again: null);

        Assert.Empty(await ClaimAsync());
        clock.Advance(TimeSpan.FromHours(1));
        await Leases.CompleteAsync(Assert.Single(await ClaimAsync()), again: null);

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_job_that_wants_to_run_again_does_so_then()
    {
        await EnqueueAsync("hourly");
        var hourly = Do(_ => clock.GetUtcNow().AddHours(1));

        for (var run = 1; run <= 3; run++)
        {
            await RunUntilAsync(() => done.Count >= run, workers: 3, hourly);
            Assert.Equal(run, done.Count);
            Assert.Equal(1, await CountAsync());
            clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_and_stays_dead_after_its_last_attempt()
    {
        await EnqueueAsync("broken", key: "key");
        var broken = Do(_ => throw new InvalidOperationException("it broke"));

        await RunUntilAsync(() => log.Lines.Any(line => line.Level == LogLevel.Error), workers: 1, broken, advance: true);

        Assert.Equal(3, done.Count);
        Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Equal("it broke", await FindAsync<string>("SELECT last_error FROM job WHERE dead"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await ClaimAsync());

        await EnqueueAsync("broken", key: "key");
        Assert.Equal(1, Assert.Single(await ClaimAsync()).Attempts);
    }

    [Fact]
    public async Task A_job_that_takes_its_worker_down_each_time_is_given_up_too()
    {
        await EnqueueAsync("poison");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Single(await ClaimAsync());
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        await RunUntilAsync(() => log.Lines.Any(line => line.Level == LogLevel.Error), workers: 1, Do());

        Assert.Empty(Done);
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM job WHERE dead"));
    }

    [Fact]
    public async Task A_runner_that_stops_gives_back_what_it_was_doing()
    {
        await EnqueueAsync("long");
        using var stop = new CancellationTokenSource();
        var handler = new Handler(async (_, cancel) =>
        {
            done.Enqueue("started");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return null;
        });
        var running = Runner(handler).RunAsync(stop.Token);
        await UntilAsync(() => !done.IsEmpty);

        await stop.CancelAsync();
        await running;

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Attempts);
    }

    [Fact]
    public async Task A_job_of_a_kind_this_node_does_not_know_is_left_to_others()
    {
        await Database.WriteAsync(tx => Queue.EnqueueAsync(tx, new Unknown()), Cancel);
        await EnqueueAsync("known");

        await RunUntilAsync(() => !done.IsEmpty, workers: 1, Do());

        Assert.Equal(["known"], Done);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_a_killed_process_was_doing_is_due_at_the_next_start_where_it_was_the_only_one()
    {
        await EnqueueAsync("held");
        var held = Assert.Single(await ClaimAsync());

        await Queue.TakeBackAsync(Database, Cancel);

        if (!Database.HasOneProcess)
        {
            // Another node may be at it.
            Assert.Empty(await ClaimAsync());
            return;
        }

        var again = Assert.Single(await ClaimAsync());
        Assert.Equal((held.Id, 2), (again.Id, again.Attempts));
        await Leases.CompleteAsync(held, again: null);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Jobs_that_nobody_was_doing_are_not_hurried_by_a_start()
    {
        await EnqueueAsync("late", due: clock.GetUtcNow().AddHours(1));
        await EnqueueAsync("broken");
        await Leases.BuryAsync(Assert.Single(await ClaimAsync()), "it broke");

        await Queue.TakeBackAsync(Database, Cancel);

        Assert.Empty(await ClaimAsync());
        Assert.Equal(1, await FindAsync<long?>("SELECT COUNT(*) FROM job WHERE dead"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(await ClaimAsync());
    }

    private JobLeases Leases => Queue.OpenLeases(Database, [nameof(Note)]);

    private Task<IReadOnlyList<Lease>> ClaimAsync() => Leases.ClaimAsync(1, TimeSpan.FromMinutes(1), Cancel);

    private Task EnqueueAsync(string text, DateTimeOffset? due = null, string? key = null) =>
        Database.WriteAsync(tx => Queue.EnqueueAsync(tx, new Note(text), due, key), Cancel);

    private Task<T?> FindAsync<T>(string sql) => Database.ReadAsync(rows => rows.FindAsync<T>(sql), Cancel);

    private Task<long?> CountAsync() => FindAsync<long?>("SELECT COUNT(*) FROM job");

    private JobRunner Runner(JobHandler handler) => new(Database, Queue, [handler], clock, log);

    private Handler Do(Func<Note, DateTimeOffset?>? then = null) => new((note, _) =>
    {
        done.Enqueue(note.Text);
        return Task.FromResult(then?.Invoke(note));
    });

    private async Task RunUntilAsync(Func<bool> condition, int workers, JobHandler handler, bool advance = false)
    {
        using var stop = new CancellationTokenSource();
        var running = Enumerable.Range(0, workers).Select(_ => Runner(handler).RunAsync(stop.Token)).ToArray();
        await UntilAsync(condition, advance);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private async Task UntilAsync(Func<bool> condition, bool advance = false)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
            clock.Advance(advance ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);
        }
    }

    private sealed record Note(string Text) : Job;

    private sealed record Unknown : Job;

    private sealed class Handler(Func<Note, CancellationToken, Task<DateTimeOffset?>> run) : JobHandler<Note>
    {
        public override int MaxAttempts => 3;

        protected override Task<DateTimeOffset?> RunAsync(Note job, CancellationToken cancel) => run(job, cancel);
    }
}
