namespace Berth.Server.Gate;

/// <summary>
/// How many calls may pass at once: as many as in one second, which then come back evenly. Not for callers at once: whoever asks holds a
/// lock.
/// </summary>
internal sealed class TokenBucket(TimeProvider time)
{
    private double tokens = double.PositiveInfinity;
    private long filledAt = time.GetTimestamp();

    /// <summary>Takes one token, or says how long until there is one.</summary>
    /// <param name="rate">Tokens a second, at least 1; it may differ from call to call.</param>
    public TimeSpan? Take(int rate)
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(rate, tokens + (time.GetElapsedTime(filledAt, now).TotalSeconds * rate));
        filledAt = now;
        if (tokens < 1)
        {
            return TimeSpan.FromSeconds((1 - tokens) / rate);
        }

        tokens--;
        return null;
    }
}
