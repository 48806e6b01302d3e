using Berth.Jobs;

namespace Berth.Registry;

/// <summary>Restores that were begun are to be ended.</summary>
public sealed record ActivateImages : Job
{
    /// <summary>There is one such job in a deployment.</summary>
    public const string Key = "activate-images";
}

/// <summary>Ends restores. Rows say which were begun, so doing it twice is doing it once.</summary>
public sealed class ActivateImagesHandler(ImageActivation activation) : JobHandler<ActivateImages>
{
    /// <inheritdoc/>
    public override TimeSpan TimeLimit => TimeSpan.FromHours(6);

    // Whoever waits for an image must not wait for ever because a disk was away.
    /// <inheritdoc/>
    public override int MaxAttempts => int.MaxValue;

    /// <inheritdoc/>
    protected override async Task<DateTimeOffset?> RunAsync(ActivateImages job, CancellationToken cancel)
    {
        await activation.RunAsync(cancel);
        return null;
    }
}
