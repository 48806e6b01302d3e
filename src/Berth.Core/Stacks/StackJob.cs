using Berth.Jobs;

namespace Berth.Stacks;

/// <summary>Something is to be done with a stack: what, its row says.</summary>
/// <param name="StackId">The stack's ARN.</param>
public sealed record StackJob(string StackId) : Job
{
    /// <summary>There is one such job for a stack.</summary>
    public static string KeyOf(string stackId) => $"stack:{stackId}";
}

/// <summary>
/// Brings a stack further until it stands, or until it waits for something. Before a resource is touched a row says so, and after that
/// what has become of it: a run that was cut short is taken up where its rows say.
/// </summary>
public sealed class StackJobHandler(StackParts parts) : JobHandler<StackJob>
{
    /// <inheritdoc/>
    public override int MaxAttempts => 50;

    /// <inheritdoc/>
    protected override Task<DateTimeOffset?> RunAsync(StackJob job, CancellationToken cancel) => StackEngine.RunAsync(parts, job.StackId, cancel);
}
