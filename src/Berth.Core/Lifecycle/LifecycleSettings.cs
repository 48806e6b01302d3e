namespace Berth.Lifecycle;

/// <summary>What can be chosen of lifecycle policies: when they run, and where they go beyond ECR's.</summary>
public sealed record LifecycleSettings
{
    /// <summary>The most time between two runs of a policy.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a policy that was set waits for its first run, so that a mistake can be mended.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>Whether <c>expire</c> may go with <c>sinceImagePulled</c>, which ECR refuses.</summary>
    public bool ExpiresByPull { get; init; }

    /// <summary>Whether an index goes with the images it lists, in one run, instead of holding them back.</summary>
    public bool IndexIsUnit { get; init; }

    /// <summary>Whether what expires goes to the recycle bin.</summary>
    public bool Recycles { get; init; }
}
