namespace Berth.Server.Gate.Recording;

/// <summary>How many calls are recorded that were made without a key and failed; the rest is counted.</summary>
internal sealed class StrangerLimit(TimeProvider time)
{
    /// <summary>The most in one period.</summary>
    public const int Most = 60;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long began;
    private int taken;
    private int leftOut;

    /// <summary>Whether a call is recorded, and how many were left out since the last that was.</summary>
    public (bool IsWanted, int LeftOut) Take()
    {
        lock (gate)
        {
            if (began == 0 || time.GetElapsedTime(began) >= Period)
            {
                (began, taken) = (time.GetTimestamp(), 0);
            }

            if (taken >= Most)
            {
                leftOut++;
                return (false, 0);
            }

            taken++;
            var before = leftOut;
            leftOut = 0;
            return (true, before);
        }
    }
}
