using System.Text.Json;

namespace Berth.Jobs;

/// <summary>Does the jobs of one kind; written by deriving from <see cref="JobHandler{TJob}"/>.</summary>
public abstract class JobHandler
{
    private protected JobHandler()
    {
    }

    /// <summary>Which jobs it does.</summary>
    public abstract string Kind { get; }

    /// <summary>How often a job is tried before it is given up.</summary>
    public virtual int MaxAttempts => 12;

    /// <summary>How long one attempt may take; its token is cancelled then. No other node tries the job before.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromMinutes(10);

    internal abstract Task<DateTimeOffset?> RunAsync(string payload, CancellationToken cancel);
}

/// <summary>
/// Does the jobs of one kind. A job is done at least once, and again after a crash: a handler is written so that doing
/// the same job twice is doing it once.
/// </summary>
public abstract class JobHandler<TJob> : JobHandler
    where TJob : Job
{
    /// <inheritdoc/>
    public sealed override string Kind => typeof(TJob).Name;

    /// <summary>
    /// Does the job. Returns when it wants to be done again, or null when that is all; a job that throws is tried again
    /// after a while.
    /// </summary>
    protected abstract Task<DateTimeOffset?> RunAsync(TJob job, CancellationToken cancel);

    internal sealed override Task<DateTimeOffset?> RunAsync(string payload, CancellationToken cancel) =>
        RunAsync(JsonSerializer.Deserialize<TJob>(payload)!, cancel);
}
