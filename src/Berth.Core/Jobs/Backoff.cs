namespace Berth.Jobs;

/// <summary>How long to wait before the next attempt.</summary>
public static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// The pause after an attempt that failed: it doubles from one second up to an hour, and the second half of it is left
    /// to chance, so that what failed together does not come back together.
    /// </summary>
    /// <param name="attempt">How many attempts have failed, from 1.</param>
    /// <param name="fraction">A random number in [0, 1).</param>
    public static TimeSpan Next(int attempt, double fraction)
    {
        var doublings = Math.Clamp(attempt, 1, 31) - 1;
        var bound = Math.Min(First.TotalSeconds * (1L << doublings), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(bound * (0.5 + (fraction / 2)));
    }
}
